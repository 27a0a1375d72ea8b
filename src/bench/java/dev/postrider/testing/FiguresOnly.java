package dev.postrider.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps standard output for {@link Figures}: what the application says on its console
 * when it starts is lost.
 */
public final class FiguresOnly implements BeforeAllCallback {

	static final PrintStream OUT = System.out;

	@Override
	public void beforeAll(ExtensionContext context) {
		System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
	}

}
