# Sourced by the launchers, not run. Written for bash 3.2, which macOS still has.

JDK_OLDEST=25

# find_jdk: sets and exports JAVA_HOME to the first JDK that is new enough, or fails. JDK_VERSION is
# its version in full.
find_jdk() {
    local home
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        export JAVA_HOME
        return
    fi
    for home in "$(jdk_on_path)" \
        /usr/lib/jvm/* \
        "${HOME:-/root}"/.sdkman/candidates/java/* \
        "${HOME:-/root}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /opt/java/* \
        /opt/jdk*; do
        if is_jdk "$home"; then
            export JAVA_HOME="$home"
            return
        fi
    done
    return 1
}

# is_jdk DIR: whether DIR has a JDK that is new enough. Reads its release file: starting a JVM only
# to ask for its version would cost more than all the rest of the launcher.
is_jdk() {
    local line version
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
        JAVA_VERSION=*)
            JDK_VERSION=${line#*=}
            version=${line#*\"}
            version=${version%%[!0-9]*}
            [ "${version:-0}" -ge "$JDK_OLDEST" ]
            return
            ;;
        esac
    done <"$1/release"
    return 1
}

# jdk_on_path: the folder of the JDK whose java is on the PATH, through all symlinks.
jdk_on_path() {
    local java
    java=$(command -v java) || return 0
    java=$(follow "$java")
    java=${java%/bin/java}
    printf '%s' "$java"
}

# follow FILE: the file at the end of a chain of symlinks.
follow() {
    local file=$1 link
    while [ -L "$file" ]; do
        link=$(readlink "$file")
        case $link in
        /*) file=$link ;;
        *) file=${file%/*}/$link ;;
        esac
    done
    printf '%s' "$file"
}

# require_jdk: find_jdk, or say how to get one on this system and end.
require_jdk() {
    find_jdk && return
    {
        echo "Treadle runs on JDK $JDK_OLDEST or newer, and there is none here."
        echo "Looked in JAVA_HOME (${JAVA_HOME:-not set}), PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks and macOS's folders."
        echo
        echo "Try:"
        advise_jdk
    } >&2
    exit 1
}

advise_jdk() {
    local package=
    if command -v brew >/dev/null 2>&1; then
        package="brew install openjdk@$JDK_OLDEST"
    elif command -v apt-get >/dev/null 2>&1; then
        if apt-cache show "openjdk-$JDK_OLDEST-jdk-headless" >/dev/null 2>&1; then
            package="sudo apt-get install openjdk-$JDK_OLDEST-jdk-headless"
        elif apt-cache show "temurin-$JDK_OLDEST-jdk" >/dev/null 2>&1; then
            package="sudo apt-get install temurin-$JDK_OLDEST-jdk"
        fi
    elif command -v dnf >/dev/null 2>&1; then
        package="sudo dnf install java-$JDK_OLDEST-openjdk-devel"
    elif command -v pacman >/dev/null 2>&1; then
        package="sudo pacman -S jdk$JDK_OLDEST-openjdk"
    elif command -v apk >/dev/null 2>&1; then
        package="sudo apk add openjdk$JDK_OLDEST-jdk"
    fi
    if [ -n "$package" ]; then
        echo "  $package"
    elif [ -d "${HOME:-/root}/.sdkman" ]; then
        echo "  sdk install java $JDK_OLDEST-tem"
    else
        echo "  curl -s https://get.sdkman.io | bash, then in a new shell: sdk install java $JDK_OLDEST-tem"
    fi
    echo "or unpack one from https://adoptium.net/temurin/releases/?version=$JDK_OLDEST and set JAVA_HOME to its folder."
}
