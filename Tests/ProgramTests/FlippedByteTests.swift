import Foundation
import Glibc
import Testing

/// A disk that gives back another byte than it was given.
@Suite struct FlippedByteTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Stands before the C library's open: in the draft that `FLIP_DRAFT` numbers, the byte at `FLIP_OFFSET` (negative:
    /// from the end) gets another lowest bit when the program opens it to read it back. Not at fsync: drafts are flushed
    /// while others are written, before or after they are read back.
    private static let library = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <fcntl.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/stat.h>
        #include <unistd.h>

        static void flip(int (*real)(const char *, int, ...), const char *path, int flags) {
            char wanted[64];
            const char *draft = getenv("FLIP_DRAFT"), *offset = getenv("FLIP_OFFSET");
            if (!draft || !offset || (flags & O_ACCMODE) != O_RDONLY) return;
            snprintf(wanted, sizeof wanted, "/.work/draft-%s.part", draft);
            size_t length = strlen(path), tail = strlen(wanted);
            if (length <= tail || strcmp(path + length - tail, wanted) != 0) return;
            int file = real(path, O_RDWR);
            if (file < 0) abort();
            struct stat status;
            unsigned char byte = 0;
            fstat(file, &status);
            off_t place = atoll(offset);
            if (place < 0) place += status.st_size;
            if (pread(file, &byte, 1, place) == 1) {
                byte ^= 1;
                if (pwrite(file, &byte, 1, place) != 1) abort();
            }
            close(file);
        }

        #define OPEN(name) \\
            int name(const char *path, int flags, ...) { \\
                int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \\
                va_list rest; \\
                va_start(rest, flags); \\
                mode_t mode = va_arg(rest, mode_t); \\
                va_end(rest); \\
                flip(real, path, flags); \\
                return real(path, flags, mode); \\
            }
        OPEN(open)
        OPEN(open64)

        """

    /// Compiles with the compiler that comes with Swift: it lies where the toolchain's libraries do, or in PATH.
    private func buildLibrary() throws -> String {
        try scratch.write("flip.c", Self.library)
        let process = Process()
        process.executableURL = URL(filePath: try Self.compiler())
        process.arguments = ["-shared", "-fPIC", "-o", scratch.file("flip.so"), scratch.file("flip.c"), "-ldl"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return scratch.file("flip.so")
    }

    private static func compiler() throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        var folders = path.split(separator: ":").map(String.init)
        let maps = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
        let library = maps.split(separator: "\n").first { $0.hasSuffix("/lib/swift/linux/libswiftCore.so") }
        if let start = library?.firstIndex(of: "/"), let library {
            folders.insert(String(library[start...]).replacing("/lib/swift/linux/libswiftCore.so", with: "/bin"), at: 0)
        }
        let compilers = folders.flatMap { folder in ["clang", "cc"].map { "\(folder)/\($0)" } }
        let found = compilers.first { FileManager.default.isExecutableFile(atPath: $0) }
        return try #require(found, "no clang, which comes with the Swift toolchain, and no cc")
    }

    /// In the first draft, in the second one, at the beginning, in the middle and in the last byte.
    @Test(arguments: [("1", "0"), ("1", "1500"), ("2", "700"), ("1", "-1"), ("2", "-40")], ["komvux", "komvux-fixed"])
    func theFileDoesNotGetItsName(_ flip: (draft: String, offset: String), _ layout: String) throws {
        let library = try buildLibrary()
        try scratch.write("in.csv", try scratch.sample(records: 600, seed: 9))
        let whole = try Program.convert(["in.csv", "--layout", layout], in: scratch, out: "whole")
        #expect(whole.status == 0)
        #expect(try scratch.uploadFiles("whole").count >= 2)

        let flipping = Program.Manner(environment: [
            "LD_PRELOAD": library, "FLIP_DRAFT": flip.draft, "FLIP_OFFSET": flip.offset,
        ])
        let arguments = ["in.csv", "--layout", layout, "--jobs", "1"]
        let outcome = try Program.convert(arguments, in: scratch, flipping)
        #expect(outcome.status == 74, "\(outcome.status) \(outcome.said.prefix(2_000))")
        #expect(outcome.output == "")
        #expect(outcome.error.contains("does not read back as it was written"), "\(outcome.error)")
        #expect(scratch.isUntouched(), "\(scratch.files(below: "out"))")

        // The library alone, with no draft to flip, changes nothing: it was the byte.
        let loaded = Program.Manner(environment: ["LD_PRELOAD": library])
        #expect(try Program.convert(arguments, in: scratch, loaded).status == 0)
        #expect(try scratch.result() == scratch.result("whole"))

        // Files that lie there keep their names and bytes when a later run fails.
        #expect(try Program.convert(arguments, in: scratch, flipping).status == 74)
        #expect(try scratch.result() == scratch.result("whole"))
    }
}
