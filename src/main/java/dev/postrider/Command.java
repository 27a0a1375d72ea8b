package dev.postrider;

import java.io.PrintStream;
import java.util.List;

/**
 * Something {@code java -jar postrider.jar NAME …} does instead of starting, without more
 * settings than it needs. Named in {@code META-INF/spring.factories}.
 */
public interface Command {

	/** The first word on the command line. */
	String name();

	/**
	 * Runs it.
	 * @param args the words after its name
	 * @param out for what was asked for
	 * @param err for what is wrong
	 * @return the exit status: 0, 1 if it could not be done, 2 if the words are wrong
	 */
	int run(List<String> args, PrintStream out, PrintStream err);

}
