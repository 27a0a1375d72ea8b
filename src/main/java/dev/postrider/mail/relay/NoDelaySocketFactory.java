package dev.postrider.mail.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/**
 * Sockets with {@code TCP_NODELAY}. Without it the final dot of each message, a second
 * small write, waits 40 ms for the first one's acknowledgement: 22 messages a second.
 */
final class NoDelaySocketFactory extends SocketFactory {

	private final SocketFactory factory;

	NoDelaySocketFactory(SocketFactory factory) {
		this.factory = factory;
	}

	@Override
	public Socket createSocket() throws IOException {
		return noDelay(this.factory.createSocket());
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return noDelay(this.factory.createSocket(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return noDelay(this.factory.createSocket(host, port, localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return noDelay(this.factory.createSocket(host, port));
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
			throws IOException {
		return noDelay(this.factory.createSocket(address, port, localAddress, localPort));
	}

	private static Socket noDelay(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		return socket;
	}

}
