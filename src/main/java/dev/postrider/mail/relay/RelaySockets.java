package dev.postrider.mail.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one connection, all with {@code TCP_NODELAY}, and knows the one in
 * use: what is written to it directly goes out at once and in one piece. Without
 * {@code TCP_NODELAY} the end of a message, a second small write, may wait 40 ms for the
 * first one's acknowledgement: 22 messages a second.
 */
final class RelaySockets extends SocketFactory {

	private final SocketFactory plain;

	private final Encrypted encrypted;

	private @Nullable Socket inUse;

	/** What is below the encryption, if there is any. */
	private volatile @Nullable Socket lowest;

	private volatile boolean isCut;

	/** Linux can. */
	private boolean canAcknowledge;

	/**
	 * Makes them by other factories.
	 * @param plain makes unconnected sockets
	 * @param tls puts TLS over a connected one
	 */
	RelaySockets(SocketFactory plain, SSLSocketFactory tls) {
		this.plain = plain;
		this.encrypted = new Encrypted(tls);
	}

	/** The same over TLS. */
	SSLSocketFactory encrypted() {
		return this.encrypted;
	}

	/** To the relay, below Angus' own buffer, which is empty between commands. */
	OutputStream output() throws IOException {
		Socket socket = this.inUse;
		if (socket == null) {
			throw new IOException("No connection is open");
		}
		return socket.getOutputStream();
	}

	/**
	 * Asks that what comes next is acknowledged at once. A relay that answers a message
	 * in two pieces keeps the second back until we have acknowledged the first (Nagle),
	 * which with nothing to send ourselves we would put off for 40 ms.
	 */
	void acknowledgeAtOnce() throws IOException {
		Socket socket = this.lowest;
		if (socket != null && this.canAcknowledge) {
			socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
		}
	}

	/** Whether this system can do that. */
	boolean canAcknowledgeAtOnce() {
		return this.canAcknowledge;
	}

	/**
	 * How long a read waits from now on.
	 * @throws IOException if no connection is open
	 */
	void timeout(Duration longest) throws IOException {
		Socket socket = this.inUse;
		if (socket == null) {
			throw new IOException("No connection is open");
		}
		socket.setSoTimeout((int) longest.toMillis());
	}

	/** Ends what another thread waits for, and lets nothing more be opened. */
	void cut() throws IOException {
		this.isCut = true;
		Socket socket = this.lowest;
		if (socket != null) {
			socket.close();
		}
	}

	@Override
	public Socket createSocket() throws IOException {
		return using(this.plain.createSocket());
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return using(this.plain.createSocket(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return using(this.plain.createSocket(host, port, localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return using(this.plain.createSocket(host, port));
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
			throws IOException {
		return using(this.plain.createSocket(address, port, localAddress, localPort));
	}

	private Socket using(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		this.inUse = socket;
		this.lowest = socket;
		this.canAcknowledge = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
		if (this.isCut) {
			socket.close();
			throw new IOException("It took too long");
		}
		return socket;
	}

	private final class Encrypted extends SSLSocketFactory {

		private final SSLSocketFactory tls;

		Encrypted(SSLSocketFactory tls) {
			this.tls = tls;
		}

		@Override
		public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
			using(below);
			Socket socket = this.tls.createSocket(below, host, port, autoClose);
			RelaySockets.this.inUse = socket;
			return socket;
		}

		@Override
		public String[] getDefaultCipherSuites() {
			return this.tls.getDefaultCipherSuites();
		}

		@Override
		public String[] getSupportedCipherSuites() {
			return this.tls.getSupportedCipherSuites();
		}

		@Override
		public Socket createSocket(String host, int port) throws IOException {
			return using(this.tls.createSocket(host, port));
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
			return using(this.tls.createSocket(host, port, localHost, localPort));
		}

		@Override
		public Socket createSocket(InetAddress host, int port) throws IOException {
			return using(this.tls.createSocket(host, port));
		}

		@Override
		public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
				throws IOException {
			return using(this.tls.createSocket(address, port, localAddress, localPort));
		}

	}

}
