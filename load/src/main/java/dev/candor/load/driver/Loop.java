package dev.candor.load.driver;

import dev.candor.base.time.Scheduler;
import dev.candor.load.transport.Transport;
import java.util.concurrent.Executor;

/**
 * One thread's share of the load: its timers, its way to the target, and a way in for others.
 *
 * @param executor runs tasks on the loop's thread, from any thread
 */
public record Loop(int index, Scheduler scheduler, Transport transport, Executor executor) {}
