package dev.postrider.run;

import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.batch.autoconfigure.BatchTaskExecutor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

@Configuration(proxyBeanMethods = false)
class RunConfiguration {

	/** Where runs execute, apart from the thread that asked for them. */
	@Bean
	@BatchTaskExecutor
	ThreadPoolTaskExecutor runExecutor(RunProperties properties, ActiveRuns active) {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix("run-");
		executor.setTaskDecorator(active::followed);
		executor.setCorePoolSize(properties.concurrent());
		executor.setMaxPoolSize(properties.concurrent());
		return executor;
	}

	/** Knows the jobs by name; the operator uses the same one. */
	@Bean
	JobRegistry jobRegistry() {
		return new MapJobRegistry();
	}

	/** Every job tells when it has ended, without having to think of it. */
	@Bean
	static BeanPostProcessor runListeners(ObjectProvider<RunListener> listener) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				if (bean instanceof AbstractJob job) {
					job.registerJobExecutionListener(listener.getObject());
				}
				return bean;
			}
		};
	}

}
