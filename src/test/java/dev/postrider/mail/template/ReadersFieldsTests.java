package dev.postrider.mail.template;

import java.nio.file.Path;
import java.util.Map;

import dev.postrider.mail.Letter;
import dev.postrider.mail.ReaderField;
import dev.postrider.mail.TemplateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A reader's field can be printed, and nothing else.
 */
class ReadersFieldsTests {

	private static final String EMAIL = ReaderField.EMAIL.token();

	private static final Map<String, ?> MODEL = Map.of("reader",
			Map.of("email", ReaderField.EMAIL, "preferencesUrl", ReaderField.PREFERENCES_URL), "text", "<Ada>");

	@TempDir
	private Path folder;

	private DroppedIn designs;

	@BeforeEach
	void folder() {
		this.designs = new DroppedIn(this.folder);
	}

	@AfterEach
	void close() {
		this.designs.close();
	}

	@Test
	void theyArePrintedAloneAndWithTextAroundThem() {
		String use = """
				[${reader.email}] [${"for " + reader.email + "!"}] [${reader.preferencesUrl + "#until-" + text}]
				[${"Dear ${reader.email},"}] <#assign x = reader.email>[${x}] <#macro m y>{${y}}</#macro><@m reader.email/>
				<#assign z>${reader.email}</#assign>[${z}] [${true?then(reader.email, "")}]""";
		this.designs.design("daily", use);
		this.designs.file("daily/edition.txt.ftl", "Subject: To ${reader.email}\n\n" + use);
		Letter letter = this.designs.render("daily", MODEL);
		assertThat(letter.subject()).isEqualTo("To " + EMAIL);
		for (String part : new String[] { letter.html(), letter.text() }) {
			assertThat(part).contains("[" + EMAIL + "]", "[for " + EMAIL + "!]", "[Dear " + EMAIL + ",]",
					"{" + EMAIL + "}");
			assertThat(part.split(EMAIL, -1)).hasSize(8);
		}
		assertThat(letter.html()).contains("[" + ReaderField.PREFERENCES_URL.token() + "#until-&lt;Ada&gt;]");
		assertThat(letter.text()).contains("[" + ReaderField.PREFERENCES_URL.token() + "#until-<Ada>]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#if reader.email>x</#if>", "<#if reader.email == \"a\">x</#if>",
			"<#if \"a\" == reader.email>x</#if>", "<#if reader.email != \"a\">x</#if>",
			"<#if reader.email == reader.email>x</#if>", "<#if reader.email gt 1>x</#if>",
			"<#if reader.email?has_content>x</#if>", "<#if reader.email??>x</#if>", "<#if (reader.email)??>x</#if>",
			"<#if reader[\"email\"]??>x</#if>", "${reader.email!\"you\"}", "${reader.email!}",
			"${(reader.email)!\"you\"}", "${reader.email?default(\"x\")}", "${reader.email?upper_case}",
			"${reader.email?length}", "${reader.email?cap_first}", "${reader.email?trim}", "${reader.email?url}",
			"${reader.email?replace(\"a\", \"b\")}", "${reader.email?split(\"@\")[0]}", "${reader.email[0]}",
			"${reader.email[0..3]}", "${reader.email?string}", "${reader.email?c}", "${reader.email?number}",
			"${reader.email?contains(\"@\")?c}", "${reader.email?then(\"a\", \"b\")}",
			"${(reader.email + \"x\")?upper_case}", "${\"${reader.email}\"?length}", "${reader.email?markup_string}",
			"${reader.email?keep_before(\"@\")}", "${reader.email?truncate(3)}", "${reader.email?json_string}",
			"<#switch reader.email><#case \"a\">x</#switch>", "<#list reader.email as c>x</#list>",
			"<#list reader.email?split(\"@\") as c>x</#list>", "<#assign x = reader.email><#if x == \"a\">x</#if>",
			"<#if reader.email?starts_with(\"a\")>x</#if>", "<#if !reader.email>x</#if>",
			"<#if reader.email && true>x</#if>", "${[\"a\"]?seq_contains(reader.email)?c}", "${reader.email?boolean?c}",
			"${reader.email?esc?markup_string?upper_case}" })
	void theyAreNeitherTestedNorChanged(String use) {
		this.designs.design("daily", use);
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", MODEL))
			.withMessageContaining("daily/edition.mjml.ftlh, line 2: ")
			.withMessageContaining("differs from reader to reader and is filled in after rendering")
			.withMessageContaining("use a variant");
		this.designs.design("weekly", "x");
		this.designs.file("weekly/edition.txt.ftl", "Subject: x\n\n" + use);
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("weekly", MODEL))
			.withMessageContaining("weekly/edition.txt.ftl, line 3: ")
			.withMessageContaining("differs from reader to reader")
			.withMessageContaining("use a variant");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#assign x>${reader.email}</#assign>${x?upper_case}",
			"<#assign x>${reader.email}</#assign>${x[1..3]}",
			"<#assign x>${reader.email}</#assign>${x?replace(\"m\", \"\")}" })
	void norWhenTheyAreTakenDownFirst(String use) {
		this.designs.design("daily", "x");
		this.designs.file("daily/edition.txt.ftl", "Subject: x\n\n" + use);
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", MODEL))
			.withMessageContaining("daily/edition.txt.ftl, line 3: ")
			.withMessageContaining("markup_output");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<a href=\"https://${reader.email}/\">x</a>", "<a onclick=\"x('${reader.email}')\">x</a>",
			"<p style=\"color:${reader.email}\">x</p>", "<a href=\"javascript:x('${reader.email}')\">x</a>",
			"<!-- ${reader.email} -->", "<p title=${reader.email}>x</p>", "<${reader.email}>x",
			"<style>.a { color: ${reader.email} }</style>" })
	void norDoTheyStandWhereNoValueIsSafe(String use) {
		this.designs.design("daily", use);
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", MODEL))
			.withMessageContaining("daily/edition.mjml.ftlh, line 2: reader.email stands ")
			.withMessageContaining("it can stand in text, in an attribute, and in an address after its host");
	}

	@Test
	void oneThatIsNotDeclaredIsNamed() {
		this.designs.design("daily", "${reader.shoeSize}");
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", MODEL))
			.withMessageContaining("line 2: there is no reader.shoeSize here")
			.withMessageContaining("attribute that the newsletter declares");
	}

}
