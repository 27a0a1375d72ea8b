package dev.postrider.monitor.web;

import java.util.Optional;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.run.Run;
import dev.postrider.run.RunLauncher;
import dev.postrider.staff.Audit;
import dev.postrider.staff.StaffDirectory;

import org.springframework.stereotype.Component;

/**
 * Stops and restarts runs in the name of who is logged in, and keeps a record of it.
 */
@Component
class RunControl {

	private final RunLauncher launcher;

	private final RunViews views;

	private final EditionControl editions;

	private final Audit audit;

	private final StaffDirectory staff;

	RunControl(RunLauncher launcher, RunViews views, EditionControl editions, Audit audit, StaffDirectory staff) {
		this.launcher = launcher;
		this.views = views;
		this.editions = editions;
		this.audit = audit;
		this.staff = staff;
	}

	/**
	 * See {@link RunLauncher#stop}. An edition in the middle of its sending is paused by
	 * it, and says by whom.
	 */
	void stop(Run run) {
		Optional<Edition> sending = this.views.edition(run)
			.filter((edition) -> edition.status() == EditionStatus.SENDING);
		if (sending.isPresent() && run.isRunning()) {
			this.editions.pause(sending.get());
		}
		else {
			this.launcher.stop(run.id());
		}
		this.audit.record("run.stop", "run " + run.id(), null);
	}

	/** See {@link RunLauncher#restart}. */
	long restart(long id) {
		long continued = this.launcher.restart(id, this.staff.currentActor());
		this.audit.record("run.restart", "run " + id, "goes on as run " + continued);
		return continued;
	}

}
