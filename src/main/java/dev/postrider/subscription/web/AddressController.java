package dev.postrider.subscription.web;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.postrider.subscription.ReaderLinks;
import dev.postrider.subscription.list.AddressChanges;
import dev.postrider.subscription.list.AddressChanges.Change;
import dev.postrider.subscription.list.AddressChanges.State;
import dev.postrider.subscription.list.Evidence;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page behind the link that is mailed to a reader's new address. As everywhere, only
 * its button does something.
 */
@Controller
class AddressController {

	private final AddressChanges changes;

	private final ReaderLinks links;

	private final ReaderPages pages;

	AddressController(AddressChanges changes, ReaderLinks links, ReaderPages pages) {
		this.changes = changes;
		this.links = links;
		this.pages = pages;
	}

	@GetMapping("/address/{token}")
	ModelAndView look(@PathVariable String token, HttpServletRequest request) {
		return page(this.changes.look(token), false, request);
	}

	@PostMapping("/address/{token}")
	ModelAndView confirm(@PathVariable String token, HttpServletRequest request) {
		return page(this.changes.confirm(token, WebEvidence.of(request, Evidence.Channel.PAGE)), true, request);
	}

	/** The link to the preferences is for who has just pressed the button. */
	private ModelAndView page(Optional<Change> found, boolean pressed, HttpServletRequest request) {
		return found.map((change) -> {
			this.pages.writing(request, change.subscriberId());
			Map<String, Object> model = new HashMap<>();
			model.put("state", change.state().name());
			model.put("from", change.from());
			model.put("to", change.to());
			if (pressed && change.state() == State.DONE) {
				model.put("preferences",
						URI.create(this.links.preferences(change.subscriberId(), change.moves())).getPath());
			}
			boolean gone = change.state() == State.EXPIRED || change.state() == State.IMPOSSIBLE;
			return new ModelAndView("subscription/address", model, gone ? HttpStatus.GONE : HttpStatus.OK);
		}).orElseGet(() -> this.pages.unknownLink(request));
	}

}
