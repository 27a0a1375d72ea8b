package dev.postrider.mail.template;

import freemarker.core.InvalidReferenceException;
import freemarker.core.StopException;
import org.jspecify.annotations.Nullable;

/**
 * Why a template failed, in a sentence or two.
 */
final class Reasons {

	private static final int LONGEST = 600;

	private Reasons() {
	}

	static String of(freemarker.template.TemplateException ex) {
		if (ex instanceof InvalidReferenceException && ex.getBlamedExpressionString() != null) {
			return missing(ex.getBlamedExpressionString());
		}
		if (ex instanceof StopException) {
			return "it stops itself: " + brief(ex.getMessageWithoutStackTop());
		}
		String expression = ex.getBlamedExpressionString();
		if (expression != null && expression.matches("\\(?reader[.\\[].*")
				&& !ex.getMessageWithoutStackTop().contains("differs from reader to reader")) {
			return FieldModel.misuse(expression.replaceAll("^\\(?(reader[.]\\w+).*", "$1"));
		}
		return brief(ex.getMessageWithoutStackTop());
	}

	private static String missing(String expression) {
		if (expression.equals("reader")) {
			return "there is no reader here: the edition's page in the archive is everybody's; write what is a reader's in"
					+ " <#if !web>…</#if>";
		}
		return "there is no " + expression + " here"
				+ (expression.startsWith("reader.")
						? ": it is neither a field of Postrider's nor an attribute that the newsletter declares"
						: ". Where it may be missing, write " + expression + "!\"\" or <#if " + expression + "??>");
	}

	/** FreeMarker's words without its tips and its trace, on one line. */
	static String brief(@Nullable String words) {
		if (words == null || words.isBlank()) {
			return "no reason was given";
		}
		String text = words.split("\\R----")[0].replaceAll("\\s+", " ").strip();
		return (text.length() > LONGEST) ? text.substring(0, LONGEST) + "…" : text;
	}

}
