package dev.postrider.mail.template;

import java.util.function.UnaryOperator;

import freemarker.core.Environment;
import freemarker.core.TemplateElement;
import freemarker.core._CoreAPI;
import org.jspecify.annotations.Nullable;

/**
 * Where a template is, as another thread sees it from outside.
 */
@SuppressWarnings("deprecation") // Elements know their lines, and nothing else does.
final class Spots {

	private volatile @Nullable Environment environment;

	private volatile String start;

	private volatile UnaryOperator<String> places = UnaryOperator.identity();

	private int depth;

	private @Nullable TemplateElement deepest;

	Spots(String start) {
		this.start = start;
	}

	/** A template begins. */
	void enter(Environment running, String name, UnaryOperator<String> toPlace) {
		this.places = toPlace;
		this.start = toPlace.apply(name);
		this.environment = running;
	}

	/**
	 * Remembers where it is, if it was never deeper: a recursion is found where it is
	 * deepest, and an endless loop is as deep as anything before it.
	 */
	void look() {
		Environment running = this.environment;
		if (running == null) {
			return;
		}
		try {
			TemplateElement[] stack = _CoreAPI.getInstructionStackSnapshot(running);
			if (stack != null && stack.length > 0 && stack.length >= this.depth) {
				this.depth = stack.length;
				this.deepest = stack[0];
			}
		}
		catch (RuntimeException ex) {
			// The stack moved while it was read; the next look is soon.
		}
	}

	String file() {
		TemplateElement element = this.deepest;
		return (element != null) ? this.places.apply(element.getTemplate().getName()) : this.start;
	}

	int line() {
		TemplateElement element = this.deepest;
		return (element != null) ? element.getBeginLine() : 0;
	}

}
