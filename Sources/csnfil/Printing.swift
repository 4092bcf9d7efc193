import ArgumentParser
import Glibc
import Pipeline

extension ParsableCommand {
    /// Calls the program where it stands, prints what it says, and ends with its status.
    func call(_ options: TypedOptions, _ command: (Invocation) -> Invocation.Outcome) throws {
        let surroundings: Surroundings
        do throws(RunFailure) { surroundings = try Surroundings.ofThisProcess() } catch {
            for problem in error.problems {
                _ = printAll(Array("csnfil: \(problem.text.en)\n".utf8), to: STDERR_FILENO)
            }
            throw ExitCode(error.status.rawValue)
        }
        let outcome = command(Invocation(options, in: surroundings))
        _ = printAll(Array(outcome.error.utf8), to: STDERR_FILENO)
        guard printAll(outcome.output, to: STDOUT_FILENO) else { throw ExitCode(74) }
        if outcome.status != 0 { throw ExitCode(outcome.status) }
    }

    /// Whether all bytes could be written.
    private func printAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
