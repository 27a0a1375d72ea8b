package dev.postrider.delivery.batch;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.postrider.delivery.EditionMessages;
import dev.postrider.mail.Providers;
import dev.postrider.mail.Relays;
import dev.postrider.run.Processes;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * A lane as a step of the run: each call is one turn, after which Spring Batch writes the
 * counts and looks whether the run is to stop.
 */
@Component
class LaneTasklet implements Tasklet, StepExecutionListener {

	private final Map<Long, Lane> lanes = new ConcurrentHashMap<>();

	private final Sending sending;

	private final Relays relays;

	private final Providers providers;

	private final LaneParts parts;

	private final Processes processes;

	private final LivingLanes living;

	private final Clock clock;

	LaneTasklet(Sending sending, Relays relays, Providers providers, LaneParts parts, Processes processes,
			LivingLanes living, Clock clock) {
		this.sending = sending;
		this.relays = relays;
		this.providers = providers;
		this.parts = parts;
		this.processes = processes;
		this.living = living;
		this.clock = clock;
	}

	@Override
	public void beforeStep(StepExecution step) {
		String owner = owner(step);
		EditionMessages messages = this.sending.messages(step.getJobExecution());
		Passage passage = new Passage(messages, this.relays.connection(), this.providers.gate());
		this.living.begin(owner);
		this.lanes.put(step.getId(), new Lane(owner, messages, passage, this.parts, this.clock));
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution step = context.getStepContext().getStepExecution();
		Lane lane = this.lanes.get(step.getId());
		if (lane == null) {
			throw new IllegalStateException("Lane of step " + step.getId() + " was not opened");
		}
		Turn turn = lane.turn();
		for (int i = turn.sent + turn.skipped + turn.others; i > 0; i--) {
			contribution.incrementReadCount();
		}
		contribution.incrementWriteCount(turn.sent);
		contribution.incrementFilterCount(turn.skipped);
		if (turn.state == Turn.State.HELD) {
			step.setTerminateOnly();
		}
		return (turn.state == Turn.State.FINISHED) ? RepeatStatus.FINISHED : RepeatStatus.CONTINUABLE;
	}

	@Override
	public ExitStatus afterStep(StepExecution step) {
		Lane lane = this.lanes.remove(step.getId());
		try {
			if (lane != null) {
				lane.close();
			}
		}
		finally {
			this.living.end(owner(step));
		}
		return step.getExitStatus();
	}

	private String owner(StepExecution step) {
		return this.processes.self() + "." + step.getId();
	}

}
