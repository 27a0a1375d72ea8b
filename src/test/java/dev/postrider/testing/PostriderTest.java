package dev.postrider.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/**
 * A test of the whole application on real parts: one Spring context, one database and one
 * relay shared by all such classes. A test makes readers, stories and editions of its own
 * and expects others' beside them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
// One lane has a small edition: tests say what is in its hands.
@TestPropertySource(properties = "postrider.delivery.least-block-size=1000")
@Import({ TestParts.class, TestJobs.class })
public @interface PostriderTest {

}
