package dev.postrider.monitor.web;

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

	private final Audit audit;

	private final StaffDirectory staff;

	RunControl(RunLauncher launcher, Audit audit, StaffDirectory staff) {
		this.launcher = launcher;
		this.audit = audit;
		this.staff = staff;
	}

	/** See {@link RunLauncher#stop}. */
	void stop(long id) {
		this.launcher.stop(id);
		this.audit.record("run.stop", "run " + id, null);
	}

	/** See {@link RunLauncher#restart}. */
	long restart(long id) {
		long continued = this.launcher.restart(id, this.staff.currentActor());
		this.audit.record("run.restart", "run " + id, "goes on as run " + continued);
		return continued;
	}

}
