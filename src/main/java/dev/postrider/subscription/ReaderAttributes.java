package dev.postrider.subscription;

import java.util.Collection;
import java.util.Map;

/**
 * What a newsletter keeps about its readers, see
 * {@link dev.postrider.newsletter.Attribute}.
 */
public interface ReaderAttributes {

	/**
	 * What is known about some readers.
	 * @param newsletterId whose readers
	 * @param subscriberIds which
	 * @return by subscriber, values by the attribute's name; nothing for those of whom
	 * nothing is known
	 */
	Map<Long, Map<String, String>> of(long newsletterId, Collection<Long> subscriberIds);

}
