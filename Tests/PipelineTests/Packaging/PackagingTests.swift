import Documents
import Foundation
import Testing

@testable import Pipeline

/// `Packaging/`, as far as it can be looked at without installing it. `Scripts/check-packaging` asks systemd too.
@Suite struct PackagingTests {
    private static func text(_ name: String) throws -> String {
        try String(contentsOfFile: repository + "/Packaging/" + name, encoding: .utf8)
    }

    /// A unit's settings, by section and key; of several with one key all.
    private static func unit(_ name: String) throws -> [String: [String]] {
        var section = ""
        var settings: [String: [String]] = [:]
        for line in try text(name).split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("[") {
                section = String(line.dropFirst().dropLast())
            } else {
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                try #require(parts.count == 2, "\(name): \(line)")
                settings["\(section).\(parts[0])", default: []].append(String(parts[1]))
            }
        }
        return settings
    }

    // MARK: - systemd

    @Test(arguments: [
        ("NoNewPrivileges", "yes"), ("PrivateNetwork", "yes"), ("RestrictAddressFamilies", "none"),
        ("IPAddressDeny", "any"), ("PrivateTmp", "yes"), ("PrivateDevices", "yes"), ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"), ("CapabilityBoundingSet", ""), ("MemoryDenyWriteExecute", "yes"), ("UMask", "0077"),
        ("LimitCORE", "0"), ("User", "csnfil"), ("Type", "oneshot"), ("SuccessExitStatus", "1"),
    ]) func `the service is shut off`(key: String, value: String) throws {
        #expect(try Self.unit("csnfil.service")["Service.\(key)"] == [value])
    }

    @Test func `the service leaves no trace of a crash`() throws {
        #expect(try Self.unit("csnfil.service")["Service.Environment"]?.contains("SWIFT_BACKTRACE=enable=no") == true)
    }

    /// 74 and 75 pass by themselves and are tried again; what is no success and not tried again is all the rest.
    @Test func `every exit status is success, tried again or left to a person`() throws {
        let unit = try Self.unit("csnfil.service")
        let prevented = unit["Service.RestartPreventExitStatus"]?.first?.split(separator: " ").compactMap { Int32($0) }
        #expect(unit["Service.Restart"] == ["on-failure"])
        #expect(Set(prevented ?? []) == [2, 64, 70])
    }

    @Test func `the timer goes at night in Stockholm and makes up for a missed night`() throws {
        let unit = try Self.unit("csnfil.timer")
        #expect(unit["Timer.OnCalendar"] == ["*-*-* 02:00:00 Europe/Stockholm"])
        #expect(unit["Timer.Persistent"] == ["true"])
    }

    @Test func `the folders that are made are the owner's, but for the inbox`() throws {
        let lines = try Self.text("csnfil.tmpfiles").split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        let modes = Dictionary(lines.map { ($0[1], $0[2]) }, uniquingKeysWith: { $1 })
        #expect(lines.allSatisfy { $0.count == 6 && $0[0] == "d" && $0[4] == "csnfil" })
        #expect(
            modes == [
                "/etc/csnfil": "0750", "/var/lib/csnfil": "0710", "/var/lib/csnfil/inbox": "2770",
                "/var/lib/csnfil/outbox": "0700", "/var/lib/csnfil/archive": "0700", "/var/lib/csnfil/state": "0700",
            ])
        // systemd sets the mode of the state folder anew at every start.
        #expect(try Self.unit("csnfil.service")["Service.StateDirectoryMode"] == ["0710"])
    }

    @Test func `cron runs at the same hour, as its own user`() throws {
        let lines = try Self.text("csnfil.cron").split(separator: "\n").filter { !$0.hasPrefix("#") }
        let job = try #require(lines.last).split(separator: " ")
        #expect(job.prefix(6).joined(separator: " ") == "0 2 * * * csnfil")
        #expect(job.contains("nightly"))
        #expect(lines.contains("SWIFT_BACKTRACE=enable=no"))
        // A % is a line end to cron.
        #expect(!lines.contains { $0.contains("%") })
    }

    // MARK: - Kubernetes

    private static func documents() throws -> [[String: Any]] {
        // One document each: the reader of this program takes no more.
        try text("csnfil-cronjob.yaml").components(separatedBy: "\n---\n").map { part in
            let path = FileManager.default.temporaryDirectory.appending(path: "cronjob-\(UUID().uuidString).yaml").path
            try part.write(toFile: path, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(atPath: path) }
            return try plain(try YAMLNode.read(path: path)) as? [String: Any] ?? [:]
        }
    }

    /// The node as dictionaries, arrays and strings.
    private static func plain(_ node: YAMLNode) throws -> Any {
        if node.isMapping {
            var plain: [String: Any] = [:]
            for entry in try node.mapping().entries { plain[entry.key] = try Self.plain(entry.value) }
            return plain
        }
        if let items = try? node.list() { return try items.map(plain) }
        return try node.string()
    }

    private static func value(_ document: [String: Any], _ path: String) -> Any? {
        var value: Any? = document
        for key in path.split(separator: ".") {
            if let index = Int(key) {
                let items = value as? [Any] ?? []
                value = items.indices.contains(index) ? items[index] : nil
            } else {
                value = (value as? [String: Any])?[String(key)]
            }
        }
        return value
    }

    @Test(arguments: [
        ("schedule", "0 2 * * *"), ("timeZone", "Europe/Stockholm"), ("concurrencyPolicy", "Forbid"),
        ("pod.restartPolicy", "Never"), ("pod.automountServiceAccountToken", "false"),
        ("pod.securityContext.runAsNonRoot", "true"), ("pod.securityContext.seccompProfile.type", "RuntimeDefault"),
        ("pod.containers.0.securityContext.readOnlyRootFilesystem", "true"),
        ("pod.containers.0.securityContext.allowPrivilegeEscalation", "false"),
        ("pod.containers.0.securityContext.capabilities.drop.0", "ALL"),
    ]) func `the job is shut off`(path: String, value: String) throws {
        let job = try #require(try Self.documents().first)
        #expect(job["kind"] as? String == "CronJob")
        let whole = "spec." + path.replacing("pod.", with: "jobTemplate.spec.template.spec.", maxReplacements: 1)
        #expect(Self.value(job, whole) as? String == value)
    }

    @Test func `every volume that is mounted is there`() throws {
        let job = try #require(try Self.documents().first)
        let pod = "spec.jobTemplate.spec.template.spec."
        let mounts = Self.value(job, pod + "containers.0.volumeMounts") as? [[String: Any]] ?? []
        let volumes = Self.value(job, pod + "volumes") as? [[String: Any]] ?? []
        #expect(Set(mounts.compactMap { $0["name"] as? String }) == Set(volumes.compactMap { $0["name"] as? String }))
        #expect(mounts.count == 3)
    }

    /// A policy that names both directions and allows nothing lets nothing through.
    @Test func `the job's network is closed`() throws {
        let documents = try Self.documents()
        let policy = try #require(documents.first { $0["kind"] as? String == "NetworkPolicy" })
        let spec = try #require(policy["spec"] as? [String: Any])
        #expect(Set(spec.keys) == ["podSelector", "policyTypes"])
        #expect(spec["policyTypes"] as? [String] == ["Ingress", "Egress"])
        let label = "app.kubernetes.io/name"
        let selected = Self.value(policy, "spec.podSelector.matchLabels") as? [String: Any]
        let labels =
            Self.value(documents[0], "spec.jobTemplate.spec.template.metadata.labels") as? [String: Any]
        #expect(selected?[label] as? String == "csnfil")
        #expect(labels?[label] as? String == "csnfil")
    }
}
