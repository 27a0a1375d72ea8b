package dev.postrider.mail.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.postrider.mail.Letter;
import dev.postrider.mail.TemplateException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Templates that attack: each is stopped, and the error says file, line and reason.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SandboxTests {

	private static final String SECRET = "the-secret-of-the-machine";

	@TempDir
	private Path home;

	private DroppedIn designs;

	private Path secret;

	@BeforeEach
	void folder() throws IOException {
		this.secret = Files.writeString(this.home.resolve("secret.ftl"), SECRET);
		this.designs = new DroppedIn(Files.createDirectory(this.home.resolve("designs")));
	}

	@AfterEach
	void close() {
		this.designs.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#include \"../../secret.ftl\">", "<#include \"/../secret.ftl\">",
			"<#include \"../edition/../../secret.ftl\">", "<#import \"../../secret.ftl\" as x>",
			"<#include \"/../../../../../../../../etc/passwd\">", "<#include \"%SECRET%\">",
			"<#include \"file://%SECRET%\">", "<#include \"file:%SECRET%\">", "<#import \"file://%SECRET%\" as x>",
			"<#include \"file:///etc/passwd\">", "<#include \"classpath:application.properties\">",
			"<#include \"jar:file:/x.jar!/y.ftl\">", "<#include \"..%2f..%2fsecret.ftl\">",
			"<#include \"..\\\\..\\\\secret.ftl\">", "<#include \"*/secret.ftl\">",
			"<#include \"/daily/theme.properties\">", "<#include \"/daily/.hidden.ftl\">",
			"<#include \"/link/secret.ftl\">", "<#include \"/link.ftl\">",
			"<#assign x = \"../../secret.ftl\"><#include x>",
			"${.get_optional_template(\"../../secret.ftl\").include()}" })
	void noFileOutsideIsRead(String attack) throws IOException {
		Files.createSymbolicLink(this.home.resolve("designs/link"), this.home);
		Files.createSymbolicLink(this.home.resolve("designs/link.ftl"), this.secret);
		this.designs.file("daily/theme.properties", "# " + SECRET + "\n");
		this.designs.file("daily/.hidden.ftl", SECRET);
		this.designs.design("daily", attack.replace("%SECRET%", this.secret.toString()));
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", Map.of()))
			.withMessageContaining("daily/edition.mjml.ftlh, line 2: ")
			.withMessageNotContaining(SECRET);
	}

	@Test
	void mjmlReadsNoFileEither() {
		this.designs.file("daily/edition.txt.ftl", DroppedIn.TEXT);
		this.designs.file("daily/edition.mjml.ftlh",
				"<mjml><mj-body>\n<mj-include path=\"" + this.secret + "\"/></mj-body></mjml>");
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", Map.of()))
			.withMessageContaining("daily/edition.mjml.ftlh, line 2: ")
			.withMessageContaining("mj-include");
	}

	@ParameterizedTest
	@ValueSource(strings = { "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
			"${\"freemarker.template.utility.ObjectConstructor\"?new()(\"java.io.File\", \"/etc/passwd\")}",
			"<#assign c = \"freemarker.template.utility.JythonRuntime\"?new()>", "${list?api.getClass()}", "${map?api}",
			"${text?api.getClass().forName(\"java.lang.Runtime\")}", "<#if map?has_api>x</#if>",
			"${\"text?upper_case\"?eval}", "${\"text?upper_case\" ? <#-- hidden --> eval}",
			"<#assign x = \"${'text'?eval}\">", "<#assign code = r\"${text}\"?interpret><@code/>",
			"${\"[1]\"?eval_json[0]}", "${text.class}", "${text.getClass()}", "${list.getClass()}", "${map.getClass()}",
			"${map.class.name}", "${map.entrySet()}", "${list.iterator()}", "${record.getClass()}", "${record.class}",
			"${record.headline.getBytes()}", "${record.hashCode()}", "${counter.incrementAndGet()}",
			"${record.day.getClass()}", "${thread.name}", "<#assign s = statics[\"java.lang.System\"]>${s.exit(1)}",
			"<#setting classic_compatible=true>${map.getClass()}", "<@map.clear/>", "${.data_model.map.clear()}",
			"<#setting new_builtin_class_resolver=\"unrestricted\">", "<#setting api_builtin_enabled=true>" })
	void noJavaIsReached(String attack) {
		AtomicInteger counter = new AtomicInteger();
		this.designs.design("daily", attack);
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily",
				Map.of("text", "a", "list", List.of("a"), "map", new java.util.HashMap<>(Map.of("a", "b")), "record",
						new Told("Storm", DayOfWeek.MONDAY), "counter", counter, "thread", Thread.currentThread())))
			.withMessageContaining("daily/edition.mjml.ftlh, line 2: ");
		assertThat(counter).hasValue(0);
	}

	@Test
	void whatTheModelHoldsIsStillSeen() {
		this.designs.design("daily", "${list?first} ${map.a} ${record.headline} ${record.day}");
		Letter letter = this.designs.render("daily", Map.of("list", List.of("one"), "map", Map.of("a", "two"), "record",
				new Told("Storm", DayOfWeek.FRIDAY)));
		assertThat(letter.html()).contains("one two Storm FRIDAY");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#list 1.. as i></#list>", "<#list 1.. as i><#assign x = i></#list>",
			"<#list 1..2000000000 as i><#list 1..2000000000 as j></#list></#list>",
			"<#macro again><#list 1.. as i><#nested></#list></#macro><@again>${\"\"}</@again>",
			"<#function f n><#if n gt 0><#return f(n - 1) + f(n - 1)></#if><#return 1></#function>${f(80)}",
			"<#macro m n><#if n gt 0><@m n - 1/><@m n - 1/></#if></#macro><@m 80/>",
			"<#attempt><#list 1.. as i></#list><#recover>x</#attempt>",
			"<#list 1.. as i><#attempt><#list 1..1000 as j></#list><#recover></#attempt></#list>",
			"<#list 1.. as i><#if i == 0><#break></#if></#list>" })
	void nothingRunsForEver(String attack) {
		try (DroppedIn tight = new DroppedIn(this.home.resolve("designs"), Duration.ofMillis(400),
				DataSize.ofGigabytes(100))) {
			tight.design("daily", attack);
			assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> tight.render("daily", Map.of()))
				.withMessageContaining("daily/edition.mjml.ftlh, line 2: it ran for longer than 400 ms")
				.withMessageContaining("postrider.mail.render-time");
			// Nor is its thread left behind: then it would not be started again.
			assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> tight.render("daily", Map.of()))
				.withMessageNotContaining("could not be stopped");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "${text?matches(\"(a+)+b\")?c}", "${text?replace(\"(a+)+b\", \"x\", \"r\")}",
			"${text?split(\"(a+)+b\", \"r\")?size}", "<#assign all = 1..2000000000>",
			"${(1..)?filter(i -> i lt 0)?size}", "<#list (1..2000000000)?filter(i -> i lt 0) as i></#list>",
			"${(1..2000000000)?join(\"\")}", "${text?left_pad(2000000000)}", "${text?right_pad(2000000000)}" })
	void whatOneExpressionCouldDoForEverIsRefused(String attack) {
		this.designs.design("daily", attack);
		assertThatExceptionOfType(TemplateException.class)
			.isThrownBy(() -> this.designs.render("daily", Map.of("text", "a".repeat(40))))
			.withMessageContaining("daily/edition.mjml.ftlh, line 2: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#macro m><@m/></#macro><@m/>", "<#function f x><#return f(x)></#function>${f(1)}",
			"<#include \"/daily/edition.mjml.ftlh\">", "<#macro a><@b/></#macro><#macro b><@a/></#macro><@a/>" })
	void recursionEnds(String attack) {
		this.designs.design("daily", attack);
		assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> this.designs.render("daily", Map.of()))
			.withMessageContaining("daily/edition.mjml.ftlh")
			.withMessageContaining("without end");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#list 1..1000000 as i>0123456789</#list>", "<#list 1.. as i>${text}</#list>",
			"<#macro m><#nested><#nested></#macro><@m><@m><@m><@m><@m><@m><@m><@m><@m><@m><@m><@m><@m><@m><@m><@m>0123"
					+ "</@m></@m></@m></@m></@m></@m></@m></@m></@m></@m></@m></@m></@m></@m></@m></@m>" })
	void nothingWritesWithoutEnd(String attack) {
		this.designs.design("daily", attack);
		assertThatExceptionOfType(TemplateException.class)
			.isThrownBy(() -> this.designs.render("daily", Map.of("text", "0123456789")))
			.withMessageContaining("daily/edition.mjml.ftlh, line 2: it writes more than 204800 characters")
			.withMessageContaining("postrider.mail.render-size");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#assign s = text><#list 1..40 as i><#assign s = s + s></#list>",
			"<#assign s><#list 1.. as i>${text}</#list></#assign>",
			"<#assign s = []><#list 1.. as i><#assign s = s + [i]></#list>" })
	void nothingTakesMemoryWithoutEnd(String attack) {
		try (DroppedIn tight = new DroppedIn(this.home.resolve("designs"), Duration.ofSeconds(20),
				DataSize.ofMegabytes(60))) {
			tight.design("daily", attack);
			assertThatExceptionOfType(TemplateException.class)
				.isThrownBy(() -> tight.render("daily", Map.of("text", "0123456789".repeat(100))))
				.withMessageContaining("daily/edition.mjml.ftlh, line 2: it took more than 62 MB of memory")
				.withMessageContaining("postrider.mail.render-memory");
		}
	}

	@Test
	void aRecordsSecretsStayWhereTheyAre() {
		this.designs.design("daily", "${record.password}");
		assertThatExceptionOfType(TemplateException.class)
			.isThrownBy(() -> this.designs.render("daily", Map.of("record", new Told("Storm", DayOfWeek.MONDAY))))
			.withMessageContaining("there is no record.password here");
	}

	@Test
	void textIsEscapedBySaying() {
		this.designs.design("daily", "${text} <a href=\"${text}\">x</a>");
		assertThat(this.designs.render("daily", Map.of("text", "<b title=\"'\">&")).html()).doesNotContain("<b title")
			.contains("&lt;b title=&quot;&#39;&quot;&gt;&amp;");
	}

	@Test
	void ordinaryTemplatesUseWhatTheyNeed() {
		this.designs.design("daily", """
				<#list 1..3 as i>${i}</#list> ${text[0..1]} ${text?replace("a", "r")} ${text?split("b")?join("r")}
				<a href="https://news.example/?new=1&api=2&eval=3&matches=4">What next?eval</a>
				<#list list?filter(x -> x != "two") as x>${x}</#list> ${list?map(x -> x?upper_case)?join(" ")}""");
		Document html = Jsoup
			.parse(this.designs.render("daily", Map.of("text", "abc", "list", List.of("one", "two"))).html());
		assertThat(html.text()).contains("123 ab rbc arc What next?eval one ONE TWO");
		assertThat(html.select("a").attr("href")).isEqualTo("https://news.example/?new=1&api=2&eval=3&matches=4");
	}

	/**
	 * A record with more to it than its components.
	 */
	public record Told(String headline, DayOfWeek day) {

		/** No component: the template does not see it. */
		public String password() {
			return SECRET;
		}

		/** Nor this. */
		public String getSecret() {
			return SECRET;
		}

	}

}
