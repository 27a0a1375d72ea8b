package dev.postrider.delivery.batch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * The lanes of this process that work. What a block's owner is not among them any more,
 * though it was of this process, has been left behind: its lane ended without being able
 * to give it back, as when the database was away.
 */
@Component
class LivingLanes {

	private final Set<String> owners = ConcurrentHashMap.newKeySet();

	void begin(String owner) {
		this.owners.add(owner);
	}

	void end(String owner) {
		this.owners.remove(owner);
	}

	int count() {
		return this.owners.size();
	}

	/** By the names under which they own blocks. */
	Set<String> owners() {
		return Set.copyOf(this.owners);
	}

}
