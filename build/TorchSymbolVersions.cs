using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace MhdNet.Build
{
    /// <summary>
    /// Lets libLibTorchSharp.so load where libstdc++ is older than GCC 13's (Debian 12, Ubuntu 22.04, RHEL 9).
    /// One symbol of the file asks for GLIBCXX_3.4.32: the iostream initialiser. It is bound to the older initialiser of the same
    /// effect instead. docs/decisions/0002-torch-on-debian-12.md tells why. Layout: ELF gABI and the LSB's symbol versioning.
    /// </summary>
    public static class TorchSymbolVersions
    {
        private const string NewSymbol = "_ZSt21ios_base_library_initv";
        private const string OldSymbol = "_ZNSt8ios_base4InitC1Ev";
        private const uint DynamicSymbols = 11, VersionNeeds = 0x6ffffffe, VersionIndices = 0x6fffffff;

        /// <summary>Rewrites the image of the library in place.</summary>
        /// <returns>True when the image changed, false when it asks for nothing newer than GLIBCXX_3.4.30.</returns>
        /// <exception cref="InvalidDataException">Not an ELF64 library, or more than the one known symbol is affected.</exception>
        public static bool Rewrite(byte[] image)
        {
            if (image.Length < 64 || image[0] != 0x7f || image[1] != 'E' || image[2] != 'L' || image[3] != 'F' || image[4] != 2 || image[5] != 1)
            {
                throw new InvalidDataException("not a little-endian ELF64 file");
            }

            var sections = Sections(image);
            var symbols = Find(sections, DynamicSymbols);
            var strings = sections[(int)symbols.Link];
            var indices = Find(sections, VersionIndices);
            var needs = Versions(image, Find(sections, VersionNeeds), strings.Offset);
            if (!needs.TryGetValue("GLIBCXX_3.4.32", out var tooNew))
            {
                return false;
            }

            if (!needs.TryGetValue("GLIBCXX_3.4", out var baseline) || !needs.TryGetValue("GLIBCXX_3.4.30", out var known))
            {
                throw new InvalidDataException("the library does not ask for GLIBCXX_3.4 and GLIBCXX_3.4.30");
            }

            var affected = new List<int>();
            for (var i = 0; i < symbols.Size / 24; i++)
            {
                if (U16(image, indices.Offset + 2 * i) == tooNew.Index)
                {
                    affected.Add(i);
                }
            }

            if (affected.Count != 1)
            {
                throw new InvalidDataException(affected.Count + " symbols ask for GLIBCXX_3.4.32; only " + NewSymbol + " was expected");
            }

            var name = strings.Offset + (int)U32(image, symbols.Offset + 24 * affected[0]);
            if (Text(image, name) != NewSymbol)
            {
                throw new InvalidDataException("GLIBCXX_3.4.32 is asked for by " + Text(image, name) + ", not by " + NewSymbol);
            }

            Encoding.ASCII.GetBytes(OldSymbol.PadRight(NewSymbol.Length, '\0')).CopyTo(image, name);
            BitConverter.GetBytes(baseline.Index).CopyTo(image, indices.Offset + 2 * affected[0]);
            Array.Copy(image, known.Entry, image, tooNew.Entry, 4); // the hash of the version's name
            Array.Copy(image, known.Entry + 8, image, tooNew.Entry + 8, 4); // where its name stands
            return true;
        }

        private static List<Section> Sections(byte[] image)
        {
            var start = (int)BitConverter.ToInt64(image, 40);
            var sections = new List<Section>();
            for (var i = 0; i < U16(image, 60); i++)
            {
                var header = start + i * U16(image, 58);
                sections.Add(new Section(
                    U32(image, header + 4),
                    (int)BitConverter.ToInt64(image, header + 24),
                    (int)BitConverter.ToInt64(image, header + 32),
                    U32(image, header + 40)));
            }

            return sections;
        }

        private static Section Find(List<Section> sections, uint type)
        {
            foreach (var section in sections)
            {
                if (section.Type == type)
                {
                    return section;
                }
            }

            throw new InvalidDataException("the library has no symbol versions");
        }

        private static Dictionary<string, Need> Versions(byte[] image, Section section, int strings)
        {
            var needs = new Dictionary<string, Need>();
            for (var file = section.Offset; ;)
            {
                var entry = file + (int)U32(image, file + 8);
                for (var left = U16(image, file + 2); left > 0; left--)
                {
                    needs[Text(image, strings + (int)U32(image, entry + 8))] = new Need(entry, U16(image, entry + 6));
                    entry += (int)U32(image, entry + 12);
                }

                var next = (int)U32(image, file + 12);
                if (next == 0)
                {
                    return needs;
                }

                file += next;
            }
        }

        private static string Text(byte[] image, int offset) =>
            Encoding.ASCII.GetString(image, offset, Array.IndexOf(image, (byte)0, offset) - offset);

        private static ushort U16(byte[] image, int offset) => BitConverter.ToUInt16(image, offset);

        private static uint U32(byte[] image, int offset) => BitConverter.ToUInt32(image, offset);

        private readonly struct Section
        {
            public Section(uint type, int offset, int size, uint link) => (Type, Offset, Size, Link) = (type, offset, size, link);

            public uint Type { get; }

            public int Offset { get; }

            public int Size { get; }

            public uint Link { get; }
        }

        private readonly struct Need
        {
            public Need(int entry, ushort index) => (Entry, Index) = (entry, index);

            public int Entry { get; }

            public ushort Index { get; }
        }
    }

#if !WITHOUT_MSBUILD
    /// <summary>Build step: replaces the library in an output folder by a rewritten copy. Never writes through a link into the package cache.</summary>
    public class RewriteTorchSymbolVersions : Microsoft.Build.Utilities.Task
    {
        /// <summary>The library in the output folder.</summary>
        [Microsoft.Build.Framework.Required]
        public string Library { get; set; }

        /// <inheritdoc/>
        public override bool Execute()
        {
            var image = File.ReadAllBytes(Library);
            try
            {
                if (TorchSymbolVersions.Rewrite(image))
                {
                    // The copy keeps the original's time, so that the next build sees an unchanged file and leaves it alone.
                    var time = File.GetLastWriteTimeUtc(Library);
                    var copy = Library + ".tmp";
                    File.WriteAllBytes(copy, image);
                    File.SetLastWriteTimeUtc(copy, time);
                    File.Delete(Library);
                    File.Move(copy, Library);
                    var leftover = Path.Combine(Path.GetDirectoryName(Library), "cpu");
                    if (Directory.Exists(leftover))
                    {
                        Directory.Delete(leftover, true); // TorchSharp's own copies, made there after a load that failed
                    }
                }
            }
            catch (InvalidDataException e)
            {
                Log.LogError("{0}: {1}. This build of TorchSharp is not known to load on Debian 12; see docs/decisions/0002-torch-on-debian-12.md.", Library, e.Message);
            }

            return !Log.HasLoggedErrors;
        }
    }
#endif
}
