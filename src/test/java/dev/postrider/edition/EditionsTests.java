package dev.postrider.edition;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostriderTest
class EditionsTests {

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private PlatformTransactionManager transactions;

	@Autowired
	private ConfigurableApplicationContext context;

	private final List<EditionStatusChanged> events = new ArrayList<>();

	private final ApplicationListener<PayloadApplicationEvent<?>> listener = (event) -> {
		if (event.getPayload() instanceof EditionStatusChanged changed) {
			this.events.add(changed);
		}
	};

	private SampleNewsroom newsroom;

	@BeforeEach
	void newsroom() {
		this.newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		this.context.addApplicationListener(this.listener);
	}

	@AfterEach
	void removeListener() {
		this.context.removeApplicationListener(this.listener);
	}

	@Test
	void openMakesAnEmptyDraftOnce() {
		Edition made = open(1);
		assertThat(made.status()).isEqualTo(EditionStatus.DRAFT);
		assertThat(made.picks()).isEmpty();
		assertThat(made.dueAt()).isEqualTo(this.newsroom.due());
		assertThat(made.uselessAfter()).isEqualTo(this.newsroom.due().plus(this.newsroom.newsletter().uselessAfter()));
		assertThat(open(1)).isEqualTo(made);
	}

	@Test
	void openedByManyAtOnceItIsOneEdition() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			for (int round = 1; round <= 10; round++) {
				int number = round;
				Callable<Long> opening = () -> open(number).id();
				List<Future<Long>> opened = threads.invokeAll(java.util.Collections.nCopies(8, opening));
				List<Long> ids = new ArrayList<>();
				for (Future<Long> one : opened) {
					ids.add(one.get());
				}
				assertThat(ids).hasSize(8).containsOnly(ids.get(0));
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.editions.newest(this.newsroom.newsletter().id(), 100)).hasSize(10);
	}

	@Test
	void labelsNameEditions() {
		Edition first = open(1);
		Edition second = open(2);
		long newsletter = this.newsroom.newsletter().id();
		assertThat(second.label()).isEqualTo(this.newsroom.date() + "-2");
		assertThat(this.editions.find(newsletter, first.label())).contains(first);
		assertThat(this.editions.find(newsletter, second.label())).contains(second);
		assertThat(this.editions.find(newsletter, "latest")).contains(second);
		assertThat(this.editions.nextNumber(newsletter, this.newsroom.date())).isEqualTo(3);
		assertThat(this.editions.nextNumber(newsletter, this.newsroom.date().plusDays(2))).isEqualTo(2);
		for (String wrong : List.of("", "2040-02-31", "2040-1-2", "latest-2", this.newsroom.date() + "-0",
				this.newsroom.date() + "-99999", "../etc", this.newsroom.date() + "-3")) {
			assertThat(this.editions.find(newsletter, wrong)).as(wrong).isEmpty();
		}
	}

	@Test
	void onlyTheTableOfTransitionsIsAllowed() {
		long story = this.newsroom.story("Storm over the harbour");
		int number = 0;
		for (EditionStatus from : EditionStatus.values()) {
			for (EditionStatus to : EditionStatus.values()) {
				Edition edition = open(++number);
				this.composer.add(edition.id(), story);
				this.jdbc.sql("UPDATE edition SET status = :status WHERE id = :id")
					.param("status", from.name())
					.param("id", edition.id())
					.update();
				if (from == to || from.mayBecome(to)) {
					assertThat(this.editions.changeStatus(edition.id(), to, "because").status()).isEqualTo(to);
				}
				else {
					assertThatExceptionOfType(EditionException.class)
						.isThrownBy(() -> this.editions.changeStatus(edition.id(), to, null))
						.withMessageContaining(edition.label() + " is " + from + " and cannot become " + to);
					assertThat(this.editions.find(edition.id()).orElseThrow().status()).isEqualTo(from);
				}
			}
		}
	}

	@Test
	void approvalWantsAStoryAndIsSigned() {
		Edition edition = open(1);
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.editions.approve(edition.id(), "ada@news.example"))
			.withMessageContaining("has no stories");
		this.composer.add(edition.id(), this.newsroom.story("Storm"));
		Edition approved = this.editions.approve(edition.id(), "ada@news.example");
		assertThat(approved.approvedBy()).isEqualTo("ada@news.example");
		assertThat(approved.status()).isEqualTo(EditionStatus.APPROVED);
		Edition again = this.editions.changeStatus(edition.id(), EditionStatus.DRAFT, "second thoughts");
		assertThat(again.approvedBy()).isNull();
		assertThat(again.version()).isGreaterThan(approved.version());
	}

	@Test
	void sendingSetsItsMoments() {
		Edition edition = approved();
		Edition sending = this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null);
		assertThat(sending.startedAt()).isNotNull();
		assertThat(sending.closedAt()).isNull();
		this.editions.changeStatus(edition.id(), EditionStatus.FAILED, "relay gone");
		Edition sent = this.editions.changeStatus(
				this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null).id(), EditionStatus.SENT, null);
		assertThat(sent.startedAt()).isEqualTo(sending.startedAt());
		assertThat(sent.closedAt()).isNotNull();
	}

	@Test
	void nothingUnderEmbargoIsSentBeforeItsTime() {
		Edition edition = open(1);
		long story = this.newsroom.story("Tomorrow's budget");
		// The tests' clock stands years before the edition is due.
		this.newsroom.set(story, "embargo_until", this.newsroom.due().minusSeconds(60));
		this.composer.add(edition.id(), story);
		this.editions.approve(edition.id(), "ada@news.example");
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null))
			.withMessageContaining("embargo");
		this.composer.drop(edition.id(), story);
		this.composer.add(edition.id(), this.newsroom.story("Today's news"));
		assertThat(this.editions.changeStatus(edition.id(), EditionStatus.SENDING, null).startedAt()).isNotNull();
	}

	@Test
	void theSameStatusAgainOnlyChangesTheReason() {
		Edition edition = open(1);
		this.editions.changeStatus(edition.id(), EditionStatus.SKIPPED, "holiday");
		this.events.clear();
		Edition again = this.editions.changeStatus(edition.id(), EditionStatus.SKIPPED, "strike");
		assertThat(again.statusReason()).isEqualTo("strike");
		assertThat(this.events).isEmpty();
	}

	@Test
	void ofTwoWhoChangeAtOnceOneIsRefused() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			for (int number = 1; number <= 10; number++) {
				long id = open(number).id();
				Callable<Boolean> skip = () -> becomes(id, EditionStatus.SKIPPED);
				Callable<Boolean> cancel = () -> becomes(id, EditionStatus.CANCELLED);
				List<Future<Boolean>> results = threads.invokeAll(List.of(skip, cancel));
				assertThat(results.get(0).get() ^ results.get(1).get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void othersHearOfAChangeAfterItsCommitAndNeverOfOneTakenBack() {
		Edition edition = open(1);
		TransactionTemplate transaction = new TransactionTemplate(this.transactions);
		transaction.executeWithoutResult((status) -> {
			this.editions.changeStatus(edition.id(), EditionStatus.SKIPPED, "holiday");
			assertThat(this.events).isEmpty();
			status.setRollbackOnly();
		});
		assertThat(this.events).isEmpty();
		transaction.executeWithoutResult((status) -> {
			this.editions.changeStatus(edition.id(), EditionStatus.SKIPPED, "holiday");
			assertThat(this.events).isEmpty();
		});
		assertThat(this.events).containsExactly(new EditionStatusChanged(edition.id(), this.newsroom.newsletter().id(),
				edition.label(), EditionStatus.SKIPPED, "holiday"));
	}

	@Test
	void anUnknownEditionIsSaidToBeUnknown() {
		assertThatExceptionOfType(EditionException.class)
			.isThrownBy(() -> this.editions.changeStatus(-1, EditionStatus.SENT, null))
			.withMessage("There is no edition with id -1.");
	}

	private boolean becomes(long id, EditionStatus status) {
		try {
			this.editions.changeStatus(id, status, null);
			return true;
		}
		catch (EditionException ex) {
			return false;
		}
	}

	private Edition open(int number) {
		return this.editions.open(this.newsroom.newsletter(), this.newsroom.date(), number, this.newsroom.due());
	}

	private Edition approved() {
		Edition edition = open(1);
		this.composer.add(edition.id(), this.newsroom.story("Storm"));
		return this.editions.approve(edition.id(), "schedule");
	}

}
