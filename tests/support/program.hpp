#pragma once
// Runs the built program, as a user would: through a shell, in a clean environment.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heapyard::test {

struct ProgramRun {
  int exit_code = -1;  ///< 128 and more: ended by a signal
  std::string out;
  std::string err;
};

/// A directory that is gone when the test ends.
class ScratchDirectory {
 public:
  ScratchDirectory()
      : path_(std::filesystem::temp_directory_path() / ("heapyard-test-" + std::to_string(std::random_device{}()))) {
    std::filesystem::create_directories(path_);
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
  }
  std::string read(const std::string& name) const {
    std::ifstream stream(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

 private:
  std::filesystem::path path_;
};

inline int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Runs `command` in sh, where `$HEAPYARD` is the program; `environment` is all there is beside PATH: `A=1 B=2`.
inline ProgramRun run_shell(const std::string& command, const std::string& input = "",
                            const std::string& environment = "LANG=C.UTF-8") {
  const ScratchDirectory scratch;
  const std::string script = scratch.write("script", command + "\n");
  const std::string line = "env -i PATH=\"$PATH\" HEAPYARD='" HEAPYARD_PROGRAM "' " + environment + " sh '" + script +
                           "' <'" + scratch.write("in", input) + "' >'" + scratch.file("out") + "' 2>'" +
                           scratch.file("err") + "'";
  const int status = std::system(line.c_str());
  return {exit_code_of(status), scratch.read("out"), scratch.read("err")};
}

/// Runs the program with these arguments, quoted as for a shell.
inline ProgramRun run_program(const std::string& arguments, const std::string& input = "",
                              const std::string& environment = "LANG=C.UTF-8") {
  return run_shell("exec \"$HEAPYARD\" " + arguments, input, environment);
}

/// A shell command whose streams are a terminal of its own; `$HEAPYARD` is the program.
class TerminalSession {
 public:
  TerminalSession(const std::string& command, const std::string& environment)
      : master_(posix_openpt(O_RDWR | O_NOCTTY)) {
    if (master_ < 0 || grantpt(master_) != 0 || unlockpt(master_) != 0) return;
    const std::string slave_name = ptsname(master_);
    const std::string script = scratch_.write("script", command + "\n");
    child_ = fork();
    if (child_ != 0) return;
    setsid();
    const int slave = open(slave_name.c_str(), O_RDWR);
    for (const int stream : {0, 1, 2}) dup2(slave, stream);
    const std::string line =
        "exec env -i PATH=\"$PATH\" HEAPYARD='" HEAPYARD_PROGRAM "' " + environment + " sh '" + script + "'";
    execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  TerminalSession(const TerminalSession&) = delete;
  TerminalSession& operator=(const TerminalSession&) = delete;
  ~TerminalSession() { finish(); }

  /// Reads until `text` was written. False when the command ends before.
  bool wait_for(const std::string& text) {
    while (run_.out.find(text, seen_) == std::string::npos) {
      if (!read_some()) return false;
    }
    seen_ = run_.out.find(text, seen_) + text.size();
    return true;
  }
  void type(const std::string& text) const {
    if (write(master_, text.data(), text.size()) < 0) return;  // nobody reads any more: then nothing is typed
  }

  void resize(unsigned short rows, unsigned short columns) const {
    const winsize size = {rows, columns, 0, 0};
    ioctl(master_, TIOCSWINSZ, &size);
  }

  /// Waits for the end. All that was written stands in `out`.
  ProgramRun finish() {
    if (child_ <= 0) return run_;
    while (read_some()) continue;
    int status = 0;
    waitpid(child_, &status, 0);
    close(master_);
    child_ = 0;
    run_.exit_code = exit_code_of(status);
    return run_;
  }

 private:
  /// False at the end, and when nothing was written for so long that nothing will be.
  bool read_some() {
    constexpr int longest_silence_ms = 60'000;
    pollfd waiting = {master_, POLLIN, 0};
    if (poll(&waiting, 1, longest_silence_ms) <= 0) {
      kill(child_, SIGKILL);
      return false;
    }
    char buffer[4096];
    const ssize_t bytes = read(master_, buffer, sizeof buffer);
    if (bytes > 0) run_.out.append(buffer, static_cast<std::size_t>(bytes));
    return bytes > 0;
  }

  ScratchDirectory scratch_;
  int master_;
  pid_t child_ = 0;
  std::size_t seen_ = 0;
  ProgramRun run_;
};

/// All that the program writes when its streams are a terminal.
inline ProgramRun run_in_terminal(const std::string& arguments, const std::string& environment) {
  return TerminalSession("exec \"$HEAPYARD\" " + arguments, environment).finish();
}

}  // namespace heapyard::test
