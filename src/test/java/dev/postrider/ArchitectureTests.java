package dev.postrider;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.search.SearchTerm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.launch.JobOperator;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may touch which library: when jobs start is known in one place, how they start in
 * one, and how mail leaves in one.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.postrider");

	/**
	 * Whoever writes the mailbox reader meets this rule, and RFC 3834 with it: which
	 * mails are never answered, and that answers leave with the null reverse-path.
	 */
	private static final ArchRule NOTHING_READS_MAIL = noClasses().that()
		.resideOutsideOfPackage("dev.postrider.demo..")
		.should()
		.dependOnClassesThat(assignableTo("jakarta.mail.Store").or(assignableTo("jakarta.mail.Folder"))
			.or(resideInAnyPackage("jakarta.mail.search..", "jakarta.mail.event..", "org.eclipse.angus.mail.imap..",
					"org.eclipse.angus.mail.pop3..", "com.icegreen..")))
		.orShould()
		.callMethodWhere(target(owner(assignableTo("jakarta.mail.Message"))).and(target(name("reply"))))
		.because("RFC 3834 says which mails a program must not answer");

	@Test
	void onlyScheduleKnowsQuartz() {
		check(noClasses().that()
			.resideOutsideOfPackage("dev.postrider.schedule..")
			.should()
			.dependOnClassesThat(resideInAPackage("org.quartz..")));
	}

	@Test
	void onlyMailSpeaksSmtp() {
		check(noClasses().that()
			.resideOutsideOfPackages("dev.postrider.mail..", "dev.postrider.demo..")
			.should()
			.dependOnClassesThat(assignableTo("jakarta.mail.Transport").or(resideInAPackage("org.eclipse.angus.."))));
	}

	@Test
	void onlyRunOperatesJobs() {
		check(noClasses().that()
			.resideOutsideOfPackage("dev.postrider.run..")
			.should()
			.dependOnClassesThat(assignableTo(JobOperator.class)));
	}

	@Test
	@DisplayName("F16 F17: nothing answers mail, for nothing reads any but the demo's mailbox page")
	void nothingReadsMail() {
		check(NOTHING_READS_MAIL);
		assertThat(NOTHING_READS_MAIL.evaluate(new ClassFileImporter().importClasses(OutOfOffice.class))
			.getFailureReport()
			.getDetails()).as("what the rule would find")
			.anyMatch((it) -> it.contains("Store"))
			.anyMatch((it) -> it.contains("Folder"))
			.anyMatch((it) -> it.contains("SearchTerm"))
			.anyMatch((it) -> it.contains("reply"));
	}

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

	/** What the rule is there to find. */
	private static final class OutOfOffice {

		void answer(Store store, SearchTerm unread) throws MessagingException {
			Folder inbox = store.getDefaultFolder();
			for (Message message : inbox.search(unread)) {
				Transport.send(message.reply(false));
			}
		}

	}

}
