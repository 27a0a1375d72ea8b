package dev.postrider.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports on 127.0.0.1.
 */
public final class LocalPort {

	private LocalPort() {
	}

	/**
	 * The port if it can be listened on; for 0, any free one.
	 * @param port the port wanted
	 * @param purpose what it is for, such as {@code the embedded database}
	 * @param setting the environment variable that changes it
	 * @return the port
	 * @throws DemoStartException when it is taken
	 */
	public static int free(int port, String purpose, String setting) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
			return socket.getLocalPort();
		}
		catch (java.net.BindException ex) {
			throw new DemoStartException(
					"Port " + port + " on 127.0.0.1, which " + purpose + " wants, is taken by another program.",
					"Stop that program, or set another port with " + setting + ", for example " + setting + "="
							+ (port + 1) + ".",
					ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
