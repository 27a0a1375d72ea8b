package dev.postrider.mail;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Who keeps the readers' mailboxes: many domains' mail goes to few providers, each with
 * its own idea of how much it takes. A provider that wants less, or answers slowly, slows
 * its own readers' mail and nobody else's.
 */
public interface Providers {

	/** A gate for one sending thread. */
	Gate gate();

	/**
	 * The providers of domains, by name; the domain itself where none is known. Unknown
	 * domains are asked for in the DNS, for a moment.
	 */
	Map<String, String> of(Collection<String> domains);

	/** What a provider is called among people; the domain itself for one of its own. */
	String title(String provider);

	/** Those that are slowed, or were written to lately. */
	List<ProviderStatus> all();

	/**
	 * Where each message of a thread passes: in, then out, one at a time. Neither waits,
	 * nor asks a database or the DNS.
	 */
	interface Gate extends AutoCloseable {

		/** Learns who keeps the domains of the next page; may wait for a moment. */
		void lookAhead(Collection<String> domains);

		/**
		 * Asks whether a message to a domain may go now. If so, one of the two ways out
		 * must follow.
		 * @return {@code null}: it may; else when to ask again at the earliest
		 */
		@Nullable Instant enter(String domain);

		/**
		 * The message was accepted, or something came of it that is not the provider's.
		 */
		void leave(boolean accepted);

		/** The message was refused. */
		void leave(Verdict verdict, String reply);

		/**
		 * Messages a second that the provider of a domain is sent at most; {@code null}
		 * where nothing limits them.
		 */
		@Nullable Double perSecond(String domain);

		/** Whether other threads wait for a provider. */
		boolean othersWait();

		/**
		 * Whether this thread may wait for a provider rather than look for other work: so
		 * many at most that the others get on.
		 */
		boolean mayWait();

		/** The thread has done waiting. */
		void waited();

		@Override
		void close();

	}

}
