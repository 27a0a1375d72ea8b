package dev.postrider;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.launch.JobOperator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Who may touch which library: when jobs start is known in one place, how they start in
 * one, and how mail leaves in one.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.postrider");

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

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

}
