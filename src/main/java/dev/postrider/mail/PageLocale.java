package dev.postrider.mail;

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;

/**
 * What {@code Content-Language} says is the language the page has, not one that the
 * browser would have liked. The staff's pages are English.
 */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
class PageLocale implements LocaleResolver {

	@Override
	public Locale resolveLocale(HttpServletRequest request) {
		return (request.getAttribute("lang") instanceof String lang) ? Locale.forLanguageTag(lang) : Locale.UK;
	}

	@Override
	public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
		throw new UnsupportedOperationException("A page's language comes from Writings");
	}

}
