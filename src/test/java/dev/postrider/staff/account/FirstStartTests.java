package dev.postrider.staff.account;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.SystemSender;
import dev.postrider.staff.Role;
import dev.postrider.testing.PostriderTest;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The first start, on an empty database of its own.
 */
@PostriderTest
class FirstStartTests {

	private static final String TOKEN = "an-unattended-installs-token-0123456789";

	private static final String SCHEMA = "postrider_first_start";

	@Autowired
	private Clock clock;

	@Autowired
	private PasswordEncoder encoder;

	@Autowired
	private PublicUrl url;

	@Autowired
	private LetterRenderer renderer;

	@Autowired
	private Outbox outbox;

	@Autowired
	private SystemSender sender;

	@Autowired
	private DataSource shared;

	private JdbcClient jdbc;

	private SingleConnectionDataSource connection;

	private Accounts accounts;

	private ApiTokens tokens;

	private OneTimeLinks links;

	private Invitations invitations;

	private final ByteArrayOutputStream console = new ByteArrayOutputStream();

	@BeforeEach
	void emptyDatabase() throws Exception {
		JdbcClient.create(this.shared).sql("DROP DATABASE IF EXISTS " + SCHEMA).update();
		JdbcClient.create(this.shared).sql("CREATE DATABASE " + SCHEMA + " CHARACTER SET utf8mb4").update();
		this.connection = new SingleConnectionDataSource(this.shared.getConnection(), true);
		this.connection.getConnection().setCatalog(SCHEMA);
		Flyway.configure().dataSource(own()).locations("classpath:db").load().migrate();
		this.jdbc = JdbcClient.create(this.connection);
		this.accounts = new Accounts(this.jdbc, this.encoder, this.clock);
		this.tokens = new ApiTokens(this.jdbc, this.accounts, this.clock);
		this.links = new OneTimeLinks(this.jdbc, this.clock);
	}

	private DataSource own() {
		var database = dev.postrider.testing.TestDatabase.get();
		return new DriverManagerDataSource(database.url().replaceFirst("(jdbc:mysql://[^/]+/)[^?]*", "$1" + SCHEMA),
				database.user(), database.password());
	}

	@AfterEach
	void close() throws Exception {
		this.connection.getConnection().setCatalog(this.shared.getConnection().getCatalog());
		this.connection.destroy();
		JdbcClient.create(this.shared).sql("DROP DATABASE " + SCHEMA).update();
	}

	@Test
	void printsALinkAtEachStartUntilThereIsAnAdmin() {
		start(null);
		start(null);
		Matcher found = Pattern.compile("https://news\\.example/invite/([A-Za-z0-9_-]{43})").matcher(printed());
		assertThat(found.find()).isTrue();
		String first = found.group(1);
		assertThat(found.find()).isTrue();
		String second = found.group(1);
		assertThat(second).isNotEqualTo(first);
		this.invitations.acceptFirst(second, "first@news.example", "First", "four plain words here");
		assertThat(this.accounts.find("first@news.example"))
			.hasValueSatisfying((account) -> assertThat(account.role()).isEqualTo(Role.ADMIN));
		assertThat(this.links.find(first)).isEmpty();
		assertThatThrownBy(
				() -> this.invitations.acceptFirst(first, "second@news.example", "Second", "four plain words here"))
			.isInstanceOf(StaffException.class);
		this.console.reset();
		start(null);
		assertThat(printed()).isEmpty();
	}

	@Test
	void keepsOnlyHashesOfItsSecrets() {
		start(TOKEN);
		Matcher found = Pattern.compile("/invite/([A-Za-z0-9_-]{43})").matcher(printed());
		assertThat(found.find()).isTrue();
		assertThat(printed()).doesNotContain(TOKEN);
		assertThat(this.jdbc.sql("SELECT hash FROM staff_link").query(byte[].class).single())
			.isEqualTo(Secrets.hash(found.group(1)));
		assertThat(this.jdbc.sql("SELECT hash FROM api_token").query(byte[].class).single())
			.isEqualTo(Secrets.hash(TOKEN));
	}

	@Test
	void takesTheBootstrapTokenOverOnce() {
		start(TOKEN);
		assertThat(this.tokens.authenticate(TOKEN)).hasValueSatisfying((account) -> {
			assertThat(account.role()).isEqualTo(Role.ADMIN);
			assertThat(account.isInvited()).isTrue();
		});
		start("another-token-0123456789-0123456789-abc");
		assertThat(this.tokens.authenticate("another-token-0123456789-0123456789-abc")).isEmpty();
		assertThat(this.accounts.adminEmails()).isEmpty();
	}

	@Test
	void keepsTheLastAdmin() {
		long one = this.accounts.add("one@news.example", "One", Role.ADMIN);
		long two = this.accounts.add("two@news.example", "Two", Role.ADMIN);
		this.accounts.setPassword(one, "four plain words here");
		assertThatThrownBy(() -> this.accounts.disable(one)).isInstanceOf(StaffException.class)
			.hasMessageContaining("only admin");
		assertThatThrownBy(() -> this.accounts.changeRole(one, Role.EDITOR)).isInstanceOf(StaffException.class);
		this.accounts.setPassword(two, "four plain words here");
		this.accounts.disable(one);
		assertThat(this.accounts.adminEmails()).containsExactly("two@news.example");
	}

	@Test
	void refusesAShortBootstrapTokenWithoutPrintingIt() {
		assertThatThrownBy(() -> bind("too-short")).isInstanceOf(BindException.class)
			.hasStackTraceContaining("POSTRIDER_STAFF_BOOTSTRAP_TOKEN has 9 characters and needs at least 32")
			.satisfies((cause) -> assertThat(cause).hasMessageNotContaining("too-short"));
		assertThat(bind(TOKEN).bootstrapToken()).isEqualTo(TOKEN);
		assertThat(bind(TOKEN).toString()).doesNotContain(TOKEN);
	}

	private static StaffProperties bind(String token) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("POSTRIDER_STAFF_BOOTSTRAP_TOKEN", token)));
		ConfigurationPropertySources.attach(environment);
		return Binder.get(environment).bindOrCreate("postrider.staff", StaffProperties.class);
	}

	private void start(String token) {
		StaffProperties settings = new StaffProperties(token, Duration.ofHours(72), Duration.ofHours(2),
				Duration.ofMinutes(15), 10, 50);
		AuditLog audit = new AuditLog(this.jdbc, this.accounts, this.clock);
		this.invitations = new Invitations(this.accounts, this.links,
				new StaffMails(this.renderer, this.outbox, this.sender), audit, this.url, settings);
		new FirstStart(this.accounts, this.tokens, this.invitations, audit, settings,
				new PrintStream(this.console, true, StandardCharsets.UTF_8))
			.run();
	}

	private String printed() {
		return this.console.toString(StandardCharsets.UTF_8);
	}

}
