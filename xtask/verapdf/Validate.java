// Asks veraPDF whether files keep the archival and accessibility profiles they claim.
// Arguments: profiles joined by commas (2a,ua1), then files. One line per file and profile:
// verdict, profile, file and what was broken, separated by tabs. The exit code says nothing;
// the lines do.

import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public final class Validate {
    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String profile : arguments[0].split(",")) {
            for (int i = 1; i < arguments.length; i++) {
                System.out.println(verdict(profile, arguments[i]));
            }
        }
    }

    private static String verdict(String profile, String file) {
        PDFAFlavour flavour = PDFAFlavour.fromString(profile);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            String word = result.isCompliant() ? "keeps" : "breaks";
            return String.join("\t", word, profile, file, String.join("; ", broken(result)));
        } catch (Exception problem) {
            return String.join("\t", "unread", profile, file, String.valueOf(problem));
        }
    }

    private static Set<String> broken(ValidationResult result) {
        Set<String> rules = new TreeSet<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                rules.add(assertion.getRuleId().getClause() + " " + assertion.getMessage().replaceAll("\\s+", " "));
            }
        }
        return rules;
    }
}
