package dev.postrider.mail.template;

import java.nio.file.Path;
import java.util.Map;

import dev.postrider.mail.TemplateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A template that is wrong is refused with file, line and reason.
 */
class MjmlCheckTests {

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

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			<mj-txt>x</mj-txt>                       | 4 | there is no <mj-txt> in MJML
			<mj-text>x                               | 5 | </mj-column> closes nothing: <mj-text> is still open
			<mj-text>x</mj-button>                   | 4 | </mj-button> closes nothing: <mj-text> is still open
			<mj-column></mj-column>                  | 4 | <mj-column> cannot stand in <mj-column>
			<mj-text><mj-image src="x"/></mj-text>   | 4 | <mj-image> cannot stand in <mj-text>
			<#if missing>x</#if>                     | 4 | there is no missing here
			${missing.headline}                      | 4 | there is no missing here
			<#list stories as story>${story.x}       | 7 | unclosed #list
			${stories?nonsense}                      | 4 | Unknown built-in: "nonsense"
			<#stop "not today">                      | 4 | it stops itself
			<#include "gone.ftlh">                   | 4 | gone.ftlh
			${1 + }                                  | 4 | Encountered "}"
			""")
	void theLineIsNamed(String wrong, int line, String reason) {
		this.designs.file("daily/edition.txt.ftl", DroppedIn.TEXT);
		this.designs.file("daily/edition.mjml.ftlh", "<mjml><mj-body>\n<mj-section>\n<mj-column>\n" + wrong
				+ "\n</mj-column>\n</mj-section>\n</mj-body></mjml>\n");
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", Map.of()))
			.withMessageContaining(this.folder.resolve("daily/edition.mjml.ftlh") + ", line " + line + ": ")
			.withMessageContaining(reason);
	}

	@Test
	void aFaultInAPartIsFoundThere() {
		this.designs.file("daily/edition.txt.ftl", DroppedIn.TEXT);
		this.designs.file("daily/edition.mjml.ftlh", """
				<#import "/parts/ours.ftlh" as ours>
				<mjml><mj-body><mj-section><mj-column>
				<#list 1..3 as i><@ours.story i/></#list>
				</mj-column></mj-section></mj-body></mjml>
				""");
		this.designs.file("parts/ours.ftlh", """
				<#macro story i>
				<mj-text>${i}</mj-text>
				<#if i == 2>
				<mj-text>
				</#if>
				</#macro>
				""");
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", Map.of()))
			.withMessageContaining("parts/ours.ftlh, line 2: <mj-text> cannot stand in <mj-text>");
	}

	@Test
	void whatIsMissingIsNamed() {
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("nowhere", Map.of()))
			.withMessageContaining("templates/mail/nowhere/edition.txt.ftl: there is no such template");
		this.designs.file("daily/edition.txt.ftl", "Hello\n");
		this.designs.file("daily/edition.mjml.ftlh", DroppedIn.mjml("x"));
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", Map.of()))
			.withMessageContaining("daily/edition.txt.ftl, line 1: it must begin with \"Subject: \"");
		this.designs.file("empty/edition.txt.ftl", DroppedIn.TEXT);
		this.designs.file("empty/edition.mjml.ftlh", "<p>No MJML</p>");
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("empty", Map.of()))
			.withMessageContaining("empty/edition.mjml.ftlh, line 1: there is no <mjml> with an <mj-body>");
	}

	@Test
	void aStoryIsNotTakenForATag() {
		this.designs.design("daily", "${text}");
		assertThat(this.designs.render("daily", Map.of("text", "</mj-text><mj-txt>")).html())
			.contains("&lt;/mj-text&gt;&lt;mj-txt&gt;");
	}

}
