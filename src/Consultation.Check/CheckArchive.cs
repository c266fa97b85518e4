using Consultation.Cases.Archiving;

// consultation-check PACKAGE.zip...
//     checks archive packages with nothing but themselves. Ends with 0 when all are as they were made, 1 when one is
//     not, 2 when one cannot be opened.
if (args.Length == 0)
{
    Console.Error.WriteLine("用法 / usage: consultation-check 归档包.zip …");
    return 2;
}

var result = 0;
foreach (var path in args)
{
    try
    {
        await using var package = File.OpenRead(path);
        var (manifest, faults) = await ArchiveCheck.LookAsync(package, CancellationToken.None);
        Console.WriteLine($"{path}: {manifest?.Head.CaseNumber} {manifest?.Head.CaseTitle}");
        foreach (var fault in faults) Console.WriteLine($"  ✗ {fault.Zh} / {fault.For("en")}");
        if (faults.Count > 0)
        {
            result = Math.Max(result, 1);
            continue;
        }

        foreach (var gap in manifest!.Head.Gaps)
        {
            Console.WriteLine($"  ! 归档时缺：{gap.Zh} / missing when made: {gap.For("en")}");
        }

        Console.WriteLine($"  ✓ {manifest.Parts.Count} 个文件与清单一致 / files are as listed; {manifest.Seal}");
    }
    catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"{path}: {failure.Message}");
        result = 2;
    }
}

return result;
