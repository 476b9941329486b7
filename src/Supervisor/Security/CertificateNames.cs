using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WorkerPool.Supervisor.Security;

/// <summary>What a certificate says whose it is, each name with its kind: <c>CN:</c>, <c>DNS:</c>, <c>EMAIL:</c>, <c>URI:</c>.</summary>
internal static class CertificateNames
{
    /// <summary>The kinds.</summary>
    public static readonly string[] Kinds = ["CN:", "DNS:", "EMAIL:", "URI:"];

    private const string CommonName = "2.5.4.3";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int Email = 1;
    private const int Dns = 2;
    private const int Uri = 6;

    /// <summary>The names of a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        try
        {
            return [.. CommonNames(certificate), .. AlternativeNames(certificate)];
        }
        catch (Exception error) when (error is AsnContentException or CryptographicException)
        {
            // What cannot be read names nobody.
            return [];
        }
    }

    private static IEnumerable<string> CommonNames(X509Certificate2 certificate) => certificate.SubjectName
        .EnumerateRelativeDistinguishedNames()
        .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
        .Select(part => Kinds[0] + part.GetSingleElementValue());

    private static List<string> AlternativeNames(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions.Where(extension => extension.Oid?.Value == SubjectAlternativeName))
        {
            var reader = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData)
            {
                var tag = reader.PeekTag();
                if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue is Email or Dns or Uri)
                {
                    var kind = tag.TagValue switch { Email => Kinds[2], Dns => Kinds[1], _ => Kinds[3] };
                    names.Add(kind + reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                }
                else
                {
                    reader.ReadEncodedValue();
                }
            }
        }

        return names;
    }
}
