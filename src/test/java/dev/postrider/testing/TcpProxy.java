package dev.postrider.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import jdk.net.ExtendedSocketOptions;

/**
 * Stands between Postrider and a server, and takes the server away and brings it back.
 */
public final class TcpProxy implements AutoCloseable {

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final ServerSocket listener;

	private final int target;

	private volatile boolean cut;

	private volatile BooleanSupplier breaksBeforeReply = () -> false;

	private volatile BooleanSupplier breaksInTheMiddle = () -> false;

	private volatile Supplier<Duration> holdsReplies = () -> Duration.ZERO;

	public TcpProxy(int target) throws IOException {
		this.target = target;
		this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		thread(this::accept);
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/** Every connection breaks, and new ones are closed at once. */
	public void cut() {
		this.cut = true;
		this.open.forEach(TcpProxy::closeQuietly);
		this.open.clear();
	}

	public void restore() {
		this.cut = false;
	}

	/**
	 * From now on connections break by themselves.
	 * @param beforeReply asked at each piece the server sends; where it says so the piece
	 * is lost and the connection with it, as after a final dot without an answer
	 * @param inTheMiddle asked at each piece the client sends; where it says so half of
	 * it arrives
	 */
	public void breakWhen(BooleanSupplier beforeReply, BooleanSupplier inTheMiddle) {
		this.breaksBeforeReply = beforeReply;
		this.breaksInTheMiddle = inTheMiddle;
	}

	/**
	 * From now on what the server says arrives later.
	 * @param pause asked at each piece
	 */
	public void holdReplies(Supplier<Duration> pause) {
		this.holdsReplies = pause;
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		cut();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				if (this.cut) {
					client.close();
					continue;
				}
				Socket server;
				try {
					server = new Socket(InetAddress.getLoopbackAddress(), this.target);
				}
				catch (IOException ex) {
					// The server itself is not there.
					client.close();
					continue;
				}
				client.setTcpNoDelay(true);
				server.setTcpNoDelay(true);
				this.open.add(client);
				this.open.add(server);
				thread(() -> copy(client, server, true));
				thread(() -> copy(server, client, false));
			}
			catch (IOException ex) {
				if (!this.listener.isClosed()) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	private void copy(Socket from, Socket to, boolean fromClient) {
		try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			acknowledgeAtOnce(from);
			byte[] buffer = new byte[16384];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				if (!fromClient) {
					if (this.breaksBeforeReply.getAsBoolean()) {
						return;
					}
					LockSupport.parkNanos(this.holdsReplies.get().toNanos());
				}
				if (fromClient && this.breaksInTheMiddle.getAsBoolean()) {
					out.write(buffer, 0, n / 2);
					return;
				}
				// As a receiver that has something to say would; else pieces wait for it.
				acknowledgeAtOnce(from);
				out.write(buffer, 0, n);
			}
		}
		catch (IOException ex) {
			// One side has gone, so the other does too.
			this.open.remove(from);
		}
		finally {
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private static void acknowledgeAtOnce(Socket socket) throws IOException {
		if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
			socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void thread(Runnable work) {
		Thread thread = new Thread(work, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

}
