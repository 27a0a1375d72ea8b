package dev.postrider.mail.template;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

import dev.postrider.mail.ReaderField;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

/**
 * What a template can see of Java: text, numbers, booleans, dates, lists, maps and the
 * components of records. Of any other object it sees nothing, and it can call no method.
 */
final class SafeWrapper extends SimpleObjectWrapper {

	SafeWrapper() {
		super(Configuration.VERSION_2_3_34);
	}

	@Override
	public TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
		if (value instanceof ReaderField field) {
			return new FieldModel(field.token());
		}
		if (value instanceof Enum<?> constant) {
			return new SimpleScalar(constant.name());
		}
		return super.wrap(value);
	}

	@Override
	protected TemplateModel handleUnknownType(Object value) throws TemplateModelException {
		if (value instanceof Record record) {
			return new RecordModel(record);
		}
		throw new TemplateModelException("A " + value.getClass().getSimpleName()
				+ " is no text, number, list or map, and a template can use nothing else");
	}

	/**
	 * A record's components by name.
	 */
	private final class RecordModel implements TemplateHashModel {

		private final Map<String, RecordComponent> components = new HashMap<>();

		private final Record record;

		RecordModel(Record record) {
			this.record = record;
			for (RecordComponent component : record.getClass().getRecordComponents()) {
				this.components.put(component.getName(), component);
			}
		}

		@Override
		public @Nullable TemplateModel get(String key) throws TemplateModelException {
			RecordComponent component = this.components.get(key);
			if (component == null) {
				return null;
			}
			try {
				component.getAccessor().setAccessible(true);
				return wrap(component.getAccessor().invoke(this.record));
			}
			catch (ReflectiveOperationException ex) {
				throw new TemplateModelException("Could not read " + key, ex);
			}
		}

		@Override
		public boolean isEmpty() {
			return this.components.isEmpty();
		}

	}

}
