package dev.postrider.story.fresh;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.postrider.story.Articles;
import dev.postrider.story.SourceException;
import dev.postrider.story.Story;
import dev.postrider.story.feed.WebClient;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Asks the servers of articles. A host that cannot be reached is asked once, not once a
 * story; one that has had enough of us (429) is not asked again.
 */
@Component
class WebArticles implements Articles {

	private final WebClient web;

	private final ArticleSettings settings;

	WebArticles(WebClient web, ArticleSettings settings) {
		this.web = web;
		this.settings = settings;
	}

	@Override
	public Map<Long, Answer> ask(Collection<Story> stories) {
		if (!this.settings.check() || stories.isEmpty()) {
			return Map.of();
		}
		Map<String, List<Story>> hosts = new LinkedHashMap<>();
		stories.forEach((story) -> hosts.computeIfAbsent(host(story), (host) -> new ArrayList<>()).add(story));
		Map<Long, Answer> answers = new ConcurrentHashMap<>();
		ExecutorService threads = Executors.newFixedThreadPool(Math.min(hosts.size(), this.settings.parallel()),
				(work) -> {
					Thread thread = new Thread(work, "articles");
					thread.setDaemon(true);
					return thread;
				});
		try {
			List<Callable<Boolean>> work = new ArrayList<>();
			hosts.forEach((host, theirs) -> work.add(() -> ask(host, theirs, answers)));
			threads.invokeAll(work, this.settings.roundTimeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while articles were asked for", ex);
		}
		finally {
			threads.shutdownNow();
		}
		Map<Long, Answer> all = new HashMap<>();
		for (Story story : stories) {
			Answer answer = answers.get(story.id());
			all.put(story.id(), (answer != null) ? answer : unknown(host(story), "there was no time left to ask it"));
		}
		return all;
	}

	/** Gives an answer for each story, whatever comes. */
	private boolean ask(String host, List<Story> stories, Map<Long, Answer> answers) {
		Answer forAll = null;
		for (Story story : stories) {
			if (Thread.currentThread().isInterrupted()) {
				return false;
			}
			if (forAll == null) {
				forAll = ask(host, story, answers);
			}
			if (forAll != null) {
				answers.putIfAbsent(story.id(), forAll);
			}
		}
		return true;
	}

	/**
	 * Asks for one.
	 * @return the answer for this one and all that follow, if it is the host that cannot
	 * be asked
	 */
	private @Nullable Answer ask(String host, Story story, Map<Long, Answer> answers) {
		try {
			int status = this.web.status(URI.create(story.url()), this.settings.timeout());
			String words = host + " answers " + status;
			if (status == 404 || status == 410) {
				answers.put(story.id(), new Answer(State.GONE, host, words));
			}
			else if (status / 100 == 2) {
				answers.put(story.id(), new Answer(State.THERE, host, words));
			}
			else {
				answers.put(story.id(), unknown(host, words));
			}
			return (status == 429) ? unknown(host, words) : null;
		}
		catch (SourceException ex) {
			if (Thread.currentThread().isInterrupted()) {
				// The time for all is over: the caller says so.
				return null;
			}
			return unknown(host, Objects.requireNonNullElse(ex.getMessage(), "It cannot be asked"));
		}
	}

	private static Answer unknown(String host, String words) {
		return new Answer(State.UNKNOWN, host, words);
	}

	private static String host(Story story) {
		String host = URI.create(story.url()).getHost();
		return (host != null) ? host.toLowerCase(Locale.ROOT) : story.url();
	}

}
