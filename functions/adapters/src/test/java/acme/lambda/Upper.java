package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Locale;

public class Upper implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String input, Context context) {
        return input.toUpperCase(Locale.ROOT);
    }
}
