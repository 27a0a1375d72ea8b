package dev.postrider.subscription.web;

import java.time.Duration;

import dev.postrider.testing.TestClock;
import org.apache.catalina.AccessLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyWatchTests {

	private final TestClock clock = new TestClock();

	private final ProxyWatch watch = new ProxyWatch(this.clock);

	@ParameterizedTest
	@CsvSource({ "10.1.2.3, true", "172.17.0.1, true", "192.168.3.4, true", "100.64.0.9, true", "127.0.0.1, true",
			"fd00::7, true", "[fe80::1%eth0], true", "100.128.0.9, false", "172.32.0.1, false", "203.0.113.9, false",
			"2001:db8::7, false" })
	void noticesProxiesOnPrivateNetworks(String ip, boolean noticed) throws Exception {
		pass(ip, "203.0.113.77", false);
		assertThat(this.watch.unheard().isPresent()).isEqualTo(noticed);
	}

	@Test
	void saysNothingOfTrustedOnesOrOfThoseWhoNameNobody() throws Exception {
		pass("10.1.2.3", "203.0.113.77", true);
		pass("10.1.2.3", null, false);
		assertThat(this.watch.unheard()).isEmpty();
	}

	@Test
	void forgetsItWithinTheHour() throws Exception {
		pass("10.1.2.3", "203.0.113.77", false);
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(this.watch.unheard()).hasValue("10.1.2.3");
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.watch.unheard()).isEmpty();
	}

	private void pass(String ip, String forwarded, boolean trusted) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(ip);
		if (forwarded != null) {
			request.addHeader("X-Forwarded-For", forwarded);
		}
		if (trusted) {
			request.setAttribute(AccessLog.REMOTE_ADDR_ATTRIBUTE, ip);
		}
		MockFilterChain chain = new MockFilterChain();
		this.watch.doFilter(request, new MockHttpServletResponse(), chain);
		assertThat(chain.getRequest()).as("it goes on").isNotNull();
	}

}
