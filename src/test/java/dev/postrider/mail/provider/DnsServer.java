package dev.postrider.mail.provider;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A DNS server that knows the MX records it was given, on this machine.
 */
final class DnsServer implements AutoCloseable {

	private final DatagramSocket socket;

	private final Map<String, List<String>> servers = new ConcurrentHashMap<>();

	private final List<String> silent = new CopyOnWriteArrayList<>();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	DnsServer() throws IOException {
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "dns");
		thread.setDaemon(true);
		thread.start();
	}

	String address() {
		return "127.0.0.1:" + this.socket.getLocalPort();
	}

	/** The mail servers of a domain, the preferred one first. */
	void mx(String domain, String... hosts) {
		this.servers.put(domain, List.of(hosts));
	}

	/** Does not answer for a domain. */
	void silence(String domain) {
		this.silent.add(domain);
	}

	List<String> asked() {
		return this.asked;
	}

	@Override
	public void close() {
		this.socket.close();
	}

	private void serve() {
		byte[] buffer = new byte[512];
		while (!this.socket.isClosed()) {
			try {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				this.socket.receive(packet);
				byte[] answer = answer(new Message(java.util.Arrays.copyOf(buffer, packet.getLength())));
				if (answer.length > 0) {
					this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
				}
			}
			catch (SocketException ex) {
				// Closed.
				return;
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private byte[] answer(Message query) throws IOException {
		Record question = query.getQuestion();
		String domain = question.getName().toString(true);
		this.asked.add(domain);
		if (this.silent.contains(domain)) {
			return new byte[0];
		}
		Message answer = new Message(query.getHeader().getID());
		answer.getHeader().setFlag(Flags.QR);
		answer.getHeader().setFlag(Flags.RA);
		answer.addRecord(question, Section.QUESTION);
		List<String> hosts = this.servers.get(domain);
		if (hosts == null) {
			answer.getHeader().setRcode(Rcode.NXDOMAIN);
			return answer.toWire();
		}
		// Shuffled by preference, as servers do.
		for (int i = hosts.size() - 1; i >= 0; i--) {
			answer.addRecord(new MXRecord(question.getName(), DClass.IN, 300, 10 * (i + 1),
					Name.fromString(hosts.get(i), Name.root)), Section.ANSWER);
		}
		return answer.toWire();
	}

}
