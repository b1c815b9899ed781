// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_STOPS_HPP
#define MCX_TESTS_SUPPORT_STOPS_HPP

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>

// Whether a broken promise stops the program, seen from outside: in a process of its own.

namespace mcx::test {

/// Tells whether a process that calls `act` ends before `act` returns.
template <class F>
[[nodiscard]] bool stops(F&& act) {
    pid_t const child = fork();
    if (child == 0) {
        rlimit const no_core{0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        for (int const number : {SIGILL, SIGTRAP, SIGABRT}) {
            std::signal(number, SIG_DFL);  // the test framework's would report a crash
        }
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        act();
        _exit(0);
    }
    int status = 0;
    bool const waited = child > 0 && waitpid(child, &status, 0) == child;
    return waited && !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace mcx::test

#endif
