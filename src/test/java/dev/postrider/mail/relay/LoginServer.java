package dev.postrider.mail.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Greets, and answers each login alike.
 */
final class LoginServer implements AutoCloseable {

	private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

	LoginServer(String offer, String answer) throws IOException {
		Thread thread = new Thread(() -> {
			while (!this.listener.isClosed()) {
				try (Socket client = this.listener.accept()) {
					talk(client, offer, answer);
				}
				catch (IOException ex) {
					// The other side hung up, or the test is over.
					continue;
				}
			}
		}, "login-server");
		thread.setDaemon(true);
		thread.start();
	}

	private static void talk(Socket client, String offer, String answer) throws IOException {
		BufferedReader in = new BufferedReader(
				new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
		OutputStream out = client.getOutputStream();
		out.write("220 login.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String reply = line.startsWith("EHLO") ? "250-login.example\r\n250 " + offer
					: line.startsWith("AUTH") ? answer : "221 2.0.0 Bye";
			out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
		}
	}

	int port() {
		return this.listener.getLocalPort();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
