package dev.postrider.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.sun.management.GcInfo;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Looks at the heap of another JVM twice a second: how full it was at most, garbage
 * included, and what was left of it after collections.
 */
public final class HeapWatch implements AutoCloseable {

	private final JMXConnector connector;

	private final MemoryMXBean memory;

	private final List<com.sun.management.GarbageCollectorMXBean> collectors = new ArrayList<>();

	private final Thread thread = new Thread(this::watch, "heap-watch");

	private final List<Long> live = new ArrayList<>();

	private long peak;

	private long lastCollection;

	private HeapWatch(String address) throws IOException {
		this.connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
		MBeanServerConnection server = this.connector.getMBeanServerConnection();
		this.memory = ManagementFactory.getPlatformMXBean(server, MemoryMXBean.class);
		for (GarbageCollectorMXBean collector : ManagementFactory.getPlatformMXBeans(server,
				com.sun.management.GarbageCollectorMXBean.class)) {
			this.collectors.add((com.sun.management.GarbageCollectorMXBean) collector);
		}
		this.thread.setDaemon(true);
		this.thread.start();
	}

	public static HeapWatch of(ProcessHandle process) {
		try {
			VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
			try {
				return new HeapWatch(machine.startLocalManagementAgent());
			}
			finally {
				machine.detach();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (AttachNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Forgets what was seen so far, after a collection. */
	public synchronized void begin() {
		this.memory.gc();
		this.peak = 0;
		this.live.clear();
	}

	/** In MB. */
	public synchronized double peak() {
		return this.peak / 1e6;
	}

	/**
	 * The median of what lived after collections in one part of the time watched, in MB.
	 * @param from 0 is the begin
	 * @param to 1 is the end
	 */
	public synchronized double live(double from, double to) {
		List<Long> part = this.live.subList((int) (from * this.live.size()), (int) (to * this.live.size()))
			.stream()
			.sorted()
			.toList();
		return part.isEmpty() ? 0 : part.get(part.size() / 2) / 1e6;
	}

	@Override
	public void close() {
		this.thread.interrupt();
		try {
			this.connector.close();
		}
		catch (IOException ex) {
			// The process has ended.
			return;
		}
	}

	private void watch() {
		try {
			while (true) {
				TimeUnit.MILLISECONDS.sleep(500);
				look();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			// The process has ended.
			return;
		}
	}

	private synchronized void look() {
		this.peak = Math.max(this.peak, this.memory.getHeapMemoryUsage().getUsed());
		for (com.sun.management.GarbageCollectorMXBean collector : this.collectors) {
			GcInfo last = collector.getLastGcInfo();
			if (last != null && last.getEndTime() > this.lastCollection) {
				this.lastCollection = last.getEndTime();
				this.live.add(last.getMemoryUsageAfterGc()
					.entrySet()
					.stream()
					.filter((pool) -> isHeap(pool))
					.mapToLong((pool) -> pool.getValue().getUsed())
					.sum());
			}
		}
	}

	private static boolean isHeap(Map.Entry<String, MemoryUsage> pool) {
		return pool.getKey().contains("Eden") || pool.getKey().contains("Survivor") || pool.getKey().contains("Old")
				|| pool.getKey().contains("Tenured");
	}

}
