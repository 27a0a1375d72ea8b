package dev.postrider.story.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.postrider.story.feed.WebAddress;
import dev.postrider.story.ingest.IncomingStory;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An absolute address that a browser may follow from a mail: http or https.
 */
@Documented
@Constraint(validatedBy = HttpUrl.Check.class)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
@interface HttpUrl {

	String message() default "must be an absolute http or https address of at most 2000 characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Leaves what is blank to {@code @NotBlank}. */
	class Check implements ConstraintValidator<HttpUrl, String> {

		@Override
		public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
			return value == null || value.isBlank()
					|| WebAddress.http(value, null)
						.filter((uri) -> uri.toString().length() <= IncomingStory.MAX_URL)
						.isPresent();
		}

	}

}
