package org.spikemeter.engine.simulate;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads that share the rows of one task after the other. The caller is member 0 and works too. A task
 * is handed over without allocation: members spin for a moment, then park.
 */
public final class RowTeam implements AutoCloseable {
    private static final int SPINS = 10_000;

    private final Member[] members;
    private final int[] equal;
    private final AtomicInteger pending = new AtomicInteger();
    /** Written before {@link #round} and read after it. */
    private RowTask task;
    private int[] shares;
    private volatile int round;
    private volatile boolean closed;
    private volatile Throwable fault;

    /** A share of a task. */
    @FunctionalInterface
    public interface RowTask {
        /** Does the rows {@code from} to {@code to - 1}. */
        void run(int from, int to, int member);
    }

    /**
     * Starts the threads beside the caller.
     *
     * @param size members, the caller included
     */
    public RowTeam(final int size) {
        equal = new int[size + 1];
        members = new Member[size - 1];
        boolean started = false;
        try {
            for (int i = 0; i < members.length; i++) {
                members[i] = new Member(i + 1);
                members[i].start();
            }
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /**
     * Shares rows 0 to {@code rowCount - 1} among all members, as many to each, and returns when all are done.
     *
     * @throws IllegalStateException where a member failed, or the team is closed
     */
    public void run(final RowTask rowTask, final int rowCount) {
        for (int i = 0; i < equal.length; i++) {
            equal[i] = (int) ((long) rowCount * i / (members.length + 1));
        }
        run(rowTask, equal);
    }

    /**
     * Does a task and returns when all are done.
     *
     * @param from first row of each member's share, and one beyond the last row of the last
     * @throws IllegalStateException where a member failed, or the team is closed
     */
    public void run(final RowTask rowTask, final int[] from) {
        if (closed) {
            throw new IllegalStateException("the team is closed");
        }
        final int end = from[members.length + 1];
        if (members.length == 0 || end == 1) {
            rowTask.run(0, end, 0);
            return;
        }
        task = rowTask;
        shares = from;
        // one may be left from a run that the caller's own share ended
        fault = null;
        pending.set(members.length);
        round = round + 1;
        for (final Member member : members) {
            if (member.parked) {
                LockSupport.unpark(member);
            }
        }
        try {
            rowTask.run(from[0], from[1], 0);
        } finally {
            awaitMembers();
        }
        final Throwable thrown = fault;
        if (thrown != null) {
            throw new IllegalStateException("a thread of the team failed: " + thrown, thrown);
        }
    }

    private void awaitMembers() {
        int spins = 0;
        while (pending.get() > 0) {
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        round = round + 1;
        for (final Member member : members) {
            LockSupport.unpark(member);
        }
    }

    private final class Member extends Thread {
        private final int index;
        private volatile boolean parked;

        Member(final int index) {
            super("spikemeter-rows-" + index);
            this.index = index;
            setDaemon(true);
        }

        @Override
        public void run() {
            int done = 0;
            while (true) {
                done = awaitRound(done);
                if (closed) {
                    return;
                }
                try {
                    task.run(shares[index], shares[index + 1], index);
                } catch (final RuntimeException | Error e) {
                    fault = e;
                } finally {
                    pending.decrementAndGet();
                }
            }
        }

        private int awaitRound(final int done) {
            int spins = 0;
            while (round == done) {
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    parked = true;
                    if (round == done) {
                        LockSupport.park(RowTeam.this);
                    }
                    parked = false;
                }
            }
            return round;
        }
    }
}
