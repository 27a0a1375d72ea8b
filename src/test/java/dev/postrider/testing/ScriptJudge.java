package dev.postrider.testing;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

/**
 * A browser that judges a page or a mail with all protection around it taken away: no
 * policy, no sandbox. What others wrote must not run, call out or wait for a click.
 */
public final class ScriptJudge implements AutoCloseable {

	/** The host that hostile strings call. */
	public static final String BEACON = "beacon.invalid";

	private static final String LOOK = """
			() => {
			  const found = [];
			  for (const element of document.querySelectorAll('*')) {
			    const name = element.tagName.toLowerCase();
			    if (/^(iframe|object|embed|base|math)$/.test(name) && !element.getAttribute('src')?.startsWith('/')) {
			      found.push('element ' + element.outerHTML.slice(0, 200));
			    }
			    if (name === 'script' && element.textContent.trim() !== '') {
			      found.push('script ' + element.outerHTML.slice(0, 200));
			    }
			    for (const attribute of element.attributes) {
			      const value = attribute.value.replace(/[\\u0000-\\u0020]/g, '').toLowerCase();
			      if (/^on/i.test(attribute.name) || attribute.name === 'srcdoc'
			          || (/^(href|src|srcset|action|formaction|poster|background|xlink:href)$/i.test(attribute.name)
			              && /^(javascript|vbscript|data):/.test(value))
			          || (attribute.name === 'style' && /javascript:|expression\\(|beacon\\.invalid/.test(value))) {
			        found.push(name + ' ' + attribute.name + '=' + attribute.value.slice(0, 200));
			      }
			    }
			  }
			  return found;
			}""";

	private static final String TOUCH = """
			() => {
			  document.addEventListener('submit', (event) => event.preventDefault(), true);
			  document.addEventListener('click', (event) => event.preventDefault(), true);
			  for (const element of document.querySelectorAll('*')) {
			    for (const kind of ['mouseover', 'mouseenter', 'focus', 'click', 'toggle', 'error', 'load']) {
			      element.dispatchEvent(new MouseEvent(kind, {cancelable: true}));
			    }
			  }
			}""";

	private final List<String> found = new ArrayList<>();

	private final Page page = Browser.newPage(Browser.Look.LIGHT);

	public ScriptJudge() {
		this.page.onDialog(this::spoke);
		// Nothing is fetched: what is asked for says enough, and pictures fail at once.
		this.page.route("**/*", this::asked);
	}

	/**
	 * What of the strings of others came alive in a document.
	 * @param html a page or a mail, as it is sent
	 * @return empty when nothing did
	 */
	public List<String> findings(String html) {
		this.found.clear();
		this.page.setContent(html);
		this.page.evaluate(TOUCH);
		this.page.waitForFunction("() => [...document.images].every((image) => image.complete)");
		@SuppressWarnings("unchecked")
		List<String> seen = (List<String>) this.page.evaluate(LOOK);
		List<String> all = new ArrayList<>(this.found);
		all.addAll(seen);
		return all;
	}

	/** The words that a reader of the last document sees. */
	public String text() {
		return this.page.locator("body").innerText();
	}

	private void spoke(Dialog dialog) {
		this.found.add("dialog " + dialog.message());
		dialog.dismiss();
	}

	private void asked(Route route) {
		String url = route.request().url();
		// Links and pictures of stories may name any host; scripts may not call one.
		if (url.matches("[a-z]+://" + BEACON + "\\b.*")) {
			this.found.add("request " + url);
		}
		route.abort();
	}

	@Override
	public void close() {
		this.page.context().close();
	}

}
