using Consultation.StorageTests.Crash;

// The test runner does not come through here. The crash tests do: they start this assembly as a process of its own, to
// kill it.
return args is ["crash-worker", ..] ? await CrashWorker.RunAsync(args[1..]) : 2;
