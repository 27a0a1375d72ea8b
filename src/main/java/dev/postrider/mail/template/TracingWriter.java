package dev.postrider.mail.template;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import freemarker.core.Environment;
import freemarker.core.TemplateElement;
import freemarker.core._CoreAPI;

/**
 * Keeps, for every piece that a template writes, where in the templates it was written.
 * It costs more than the writing itself, so it is used only to find a fault that is known
 * to be there.
 */
@SuppressWarnings("deprecation") // Elements know their lines, and nothing else does.
final class TracingWriter extends LimitedWriter {

	private final TreeMap<Integer, TemplateElement> pieces = new TreeMap<>();

	TracingWriter(long most) {
		super(most, () -> {
		});
	}

	@Override
	public void write(char[] from, int offset, int length) throws IOException {
		trace();
		super.write(from, offset, length);
	}

	@Override
	public void write(String from, int offset, int length) throws IOException {
		trace();
		super.write(from, offset, length);
	}

	private void trace() {
		TemplateElement[] stack = _CoreAPI.getInstructionStackSnapshot(Environment.getCurrentEnvironment());
		if (stack != null && stack.length > 0) {
			this.pieces.putIfAbsent(length(), stack[0]);
		}
	}

	/**
	 * Where something was written.
	 * @param offset in what was written
	 */
	Origin origin(int offset) {
		Map.Entry<Integer, TemplateElement> piece = this.pieces.floorEntry(offset);
		if (piece == null) {
			return new Origin("", 0);
		}
		TemplateElement element = piece.getValue();
		int line = element.getBeginLine();
		if (element.getNodeName().equals("TextBlock")) {
			line += (int) toString().substring(piece.getKey(), offset).chars().filter((c) -> c == '\n').count();
		}
		return new Origin(element.getTemplate().getName(), line);
	}

	/**
	 * A place in a template.
	 *
	 * @param template its name
	 * @param line from 1
	 */
	record Origin(String template, int line) {
	}

}
