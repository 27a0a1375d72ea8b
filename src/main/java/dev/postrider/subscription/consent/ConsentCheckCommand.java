package dev.postrider.subscription.consent;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;

import dev.postrider.Command;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;

/**
 * {@code java -jar postrider.jar consent-check}: follows every chain of the consent
 * ledger and names the first broken row of each, and the heads, to be noted elsewhere.
 * Needs the database's settings and no others.
 */
final class ConsentCheckCommand implements Command {

	private static final String USAGE = """
			Checks that no row of the consent ledger was changed, taken out, put in or cut off.

			  java -jar postrider.jar consent-check [--spring.datasource.url=…]

			The database is the one that SPRING_DATASOURCE_URL, _USERNAME and _PASSWORD name.
			The exit status is 0 when the ledger is whole, 1 when it is broken or cannot be read.
			""";

	@Override
	public String name() {
		return "consent-check";
	}

	@Override
	public int run(List<String> args, PrintStream out, PrintStream err) {
		Set<String> help = Set.of("--help", "-h");
		if (args.stream().anyMatch(help::contains)) {
			out.print(USAGE);
			return 0;
		}
		List<String> wrong = args.stream().filter((arg) -> !arg.startsWith("--")).toList();
		if (!wrong.isEmpty()) {
			err.println("consent-check does not know " + String.join(" ", wrong));
			err.println();
			err.print(USAGE);
			return 2;
		}
		TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Parts.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run(quiet(args))) {
			return report(context.getBean(LedgerCheck.class).checkAndNote(), out, err);
		}
		catch (RuntimeException ex) {
			err.println("The ledger cannot be read: " + NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
			err.println("Set SPRING_DATASOURCE_URL, _USERNAME and _PASSWORD as for Postrider itself.");
			return 1;
		}
	}

	static int report(LedgerCheck.Result result, PrintStream out, PrintStream err) {
		out.println("Chain  Rows  Hash of the last");
		result.ends().forEach((end) -> out.printf("%5d %5d  %s%n", end.chain(), end.links(), end.hex()));
		out.println();
		if (result.broken().isEmpty()) {
			out.println("The ledger is whole: " + result.links() + " rows.");
			return 0;
		}
		err.println("The ledger is broken.");
		result.broken().forEach((one) -> err.println("- " + one));
		return 1;
	}

	/** What it has to say it says itself. */
	private static String[] quiet(List<String> args) {
		return Stream
			.concat(args.stream(), Stream.of("--logging.level.root=OFF", "--spring.datasource.hikari.minimum-idle=1"))
			.toArray(String[]::new);
	}

	/**
	 * What it takes: a database.
	 */
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			JdbcClientAutoConfiguration.class })
	@Import(LedgerCheck.class)
	static class Parts {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}
