package dev.postrider.schedule;

import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

	/**
	 * Switched off means that nothing fires, also what the database has stored as due.
	 */
	@Bean
	SchedulerFactoryBeanCustomizer scheduleSwitch(ScheduleProperties properties) {
		return (factory) -> {
			if (!properties.enabled()) {
				factory.setAutoStartup(false);
			}
		};
	}

}
