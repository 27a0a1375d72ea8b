package dev.postrider.delivery.batch;

/**
 * How long a lane may go on with its block, by the monotonic clock: the wall clock may
 * jump.
 */
final class Lease {

	private final Blocks blocks;

	private final DeliveryProperties properties;

	private long end;

	Lease(Blocks blocks, DeliveryProperties properties) {
		this.blocks = blocks;
		this.properties = properties;
	}

	boolean isOver() {
		return System.nanoTime() - this.end >= 0;
	}

	/** After this nothing may be begun, by {@link System#nanoTime()}. */
	long end() {
		return this.end;
	}

	/** Makes it last longer; false when somebody else has the block by now. */
	boolean keep(Blocks.Claim claim) {
		long asked = System.nanoTime();
		boolean kept = this.blocks.renew(claim, this.properties.lease());
		if (kept) {
			from(asked);
		}
		return kept;
	}

	/** Half of it, so that a message that takes long still falls within. */
	void from(long asked) {
		this.end = asked + this.properties.lease().toNanos() / 2;
	}

}
