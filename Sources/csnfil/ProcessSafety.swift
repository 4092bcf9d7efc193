import Glibc

/// What this process may leave behind when it dies: nothing of what it had in memory.
enum ProcessSafety {
    /// Traps end with exit status 70 and one fixed sentence, no core is dumped, and files are their owner's alone.
    static func install() {
        umask(0o077)
        var noCore = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(UInt32(RLIMIT_CORE.rawValue)), &noCore)
        // An export stays open while it is read, and a folder may hold a thousand.
        var files = rlimit()
        if getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &files) == 0 {
            files.rlim_cur = files.rlim_max
            setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &files)
        }
        // A reader that goes away (`| head`) must not kill a run; writing then fails and is said.
        signal(SIGPIPE, SIG_IGN)
        // A limit of file size is said like a full disk, and the drafts are removed.
        signal(SIGXFSZ, SIG_IGN)
        giveTrapsTheirOwnStack()
        // Swift's own handler prints a backtrace with the memory around it, personnummer included.
        for trap in [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in ProcessSafety.endAfterTrap() }
            action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
            sigaction(trap, &action, nil)
        }
    }

    /// A stack that has overflowed cannot run a handler. The memory is the process's to its end.
    private static func giveTrapsTheirOwnStack() {
        let size = 1 << 16
        var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
        if stack.ss_sp != nil { sigaltstack(&stack, nil) }
    }

    /// Only what a signal handler may call (signal-safety(7)): write and _exit.
    private static func endAfterTrap() {
        let sentence: StaticString =
            "csnfil: fel i programmet, körningen avbröts. A fault of the program ended the run. (70)\n"
        _ = write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
        _exit(70)
    }
}
