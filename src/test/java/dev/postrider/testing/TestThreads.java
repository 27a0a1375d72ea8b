package dev.postrider.testing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Work on threads of its own, really side by side: on two cores the common pool has a
 * single thread.
 */
public final class TestThreads {

	private TestThreads() {
	}

	/** Begins work on a new thread. */
	public static <T> CompletableFuture<T> start(Supplier<T> work) {
		return CompletableFuture.supplyAsync(work, TestThreads::run);
	}

	/** The same for work without a result. */
	public static CompletableFuture<Void> start(Runnable work) {
		return CompletableFuture.runAsync(work, TestThreads::run);
	}

	private static void run(Runnable work) {
		Thread thread = new Thread(work, "beside the test");
		thread.setDaemon(true);
		thread.start();
	}

}
