// Torch's random generator is one for the process: tests that seed it must not run side by side.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
