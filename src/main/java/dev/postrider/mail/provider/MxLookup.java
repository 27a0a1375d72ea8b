package dev.postrider.mail.provider;

import java.net.IDN;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

import org.springframework.stereotype.Component;

/**
 * Asks the DNS for the mail servers of domains (RFC 5321 5.1).
 */
@Component
class MxLookup {

	private static final int DNS_PORT = 53;

	private final LookupSession session;

	MxLookup(ProviderSettings settings) {
		this.session = LookupSession.builder().resolver(resolver(settings.mx())).build();
	}

	/**
	 * The mail server that a domain prefers.
	 * @param domain any domain
	 * @return empty when it has none; fails when the DNS does not answer
	 */
	CompletableFuture<Optional<String>> mailServer(String domain) {
		Name name;
		try {
			name = Name.fromString(IDN.toASCII(domain), Name.root);
		}
		catch (TextParseException | IllegalArgumentException ex) {
			// No name that could be asked for.
			return CompletableFuture.completedFuture(Optional.empty());
		}
		return this.session.lookupAsync(name, Type.MX).toCompletableFuture().handle((result, failure) -> {
			Throwable cause = (failure != null && failure.getCause() != null) ? failure.getCause() : failure;
			if (cause == null) {
				return preferred(result);
			}
			if (cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException) {
				return Optional.empty();
			}
			throw new IllegalStateException("The DNS does not say who takes mail for " + domain, cause);
		});
	}

	private static Optional<String> preferred(LookupResult result) {
		return result.getRecords()
			.stream()
			.filter(MXRecord.class::isInstance)
			.map(MXRecord.class::cast)
			.min(Comparator.comparingInt(MXRecord::getPriority).thenComparing(MXRecord::getTarget))
			.map((record) -> record.getTarget().toString(true));
	}

	private static Resolver resolver(ProviderSettings.Mx settings) {
		List<Resolver> servers = new ArrayList<>();
		for (String server : settings.servers()) {
			int colon = server.lastIndexOf(':');
			boolean hasPort = colon > 0 && server.indexOf(':') == colon;
			InetSocketAddress address = new InetSocketAddress(hasPort ? server.substring(0, colon) : server,
					hasPort ? Integer.parseInt(server.substring(colon + 1)) : DNS_PORT);
			if (address.isUnresolved()) {
				throw new IllegalStateException("postrider.mail.mx.servers: " + server
						+ " cannot be asked; give addresses such as 192.0.2.53 or 127.0.0.1:5353");
			}
			servers.add(new SimpleResolver(address));
		}
		ExtendedResolver resolver = servers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(servers);
		resolver.setTimeout(settings.timeout());
		resolver.setRetries(2);
		return resolver;
	}

}
