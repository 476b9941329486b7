// The containers share the machine with each other; what is tested is what they do, not how many fit.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
