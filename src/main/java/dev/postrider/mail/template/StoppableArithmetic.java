package dev.postrider.mail.template;

import freemarker.core.ArithmeticEngine;
import freemarker.template.TemplateException;

/**
 * Reckons for templates, unless they have run for too long. FreeMarker itself looks only
 * in loops; functions that call each other count or compare something.
 */
final class StoppableArithmetic extends ArithmeticEngine {

	private static final int LONGEST = 40;

	private final ArithmeticEngine engine = ArithmeticEngine.BIGDECIMAL_ENGINE;

	private static void look() throws TemplateException {
		if (Thread.currentThread().isInterrupted()) {
			throw new TemplateException("Stopped", null);
		}
	}

	@Override
	public int compareNumbers(Number first, Number second) throws TemplateException {
		look();
		return this.engine.compareNumbers(first, second);
	}

	@Override
	public Number add(Number first, Number second) throws TemplateException {
		look();
		return this.engine.add(first, second);
	}

	@Override
	public Number subtract(Number first, Number second) throws TemplateException {
		look();
		return this.engine.subtract(first, second);
	}

	@Override
	public Number multiply(Number first, Number second) throws TemplateException {
		look();
		return this.engine.multiply(first, second);
	}

	@Override
	public Number divide(Number first, Number second) throws TemplateException {
		look();
		return this.engine.divide(first, second);
	}

	@Override
	public Number modulus(Number first, Number second) throws TemplateException {
		look();
		return this.engine.modulus(first, second);
	}

	@Override
	public Number toNumber(String text) {
		// Ten characters can ask for a billion digits.
		if (text.length() > LONGEST || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
			throw new NumberFormatException(text);
		}
		return this.engine.toNumber(text);
	}

}
